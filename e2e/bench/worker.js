// Runs the documents worker as it is and also tells how large its memory became: WebAssembly memory never shrinks.
"use strict";
let memory;
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await original(...given);
    memory = (made.instance ?? made).exports.memory;
    return made;
  };
}
self.addEventListener("message", ({ data }) => {
  if (data === "memory") postMessage({ memory: memory?.buffer.byteLength ?? 0 });
});
importScripts("worker.js");
