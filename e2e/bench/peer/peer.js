// The peer's page: its own bundle, one form, nothing else. The definition is asked for before the bundle has run.
const asked = fetch(new URL(location.href).searchParams.get("definition"));
const definition = await (await asked).json();
performance.mark("definition");
await globalThis.Formio.createForm(document.getElementById("form"), definition);
globalThis.ready = true;
