// What a portal would do with the events of the frame; the journey reads it.
const heard = [];
window.heard = heard;
for (const name of ["route", "done"]) {
  document.addEventListener(name, (event) => heard.push({ name, detail: event.detail }), true);
}
