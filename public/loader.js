// Starts the wasm the address needs, and the second when the first hands over. The build gives it a hashed name and
// writes the names of both (`data-front`, `data-errand`) on the root element; boot.js chose one (`data-entry`).
const root = document.documentElement;
const at = (file) => new URL(`./${file}`, import.meta.url).href;
const tell = (name) => dispatchEvent(new CustomEvent(name));

/** The style of the pages of the errand, in the page before they are drawn. */
function style() {
  return new Promise((resolve, reject) => {
    const known = document.querySelector("link[data-errand]");
    if (known?.sheet) return resolve();
    const link = known ?? document.createElement("link");
    link.addEventListener("load", resolve, { once: true });
    link.addEventListener("error", () => {
      link.remove();
      reject(new TypeError("the style did not come"));
    }, { once: true });
    if (known) return;
    link.rel = "stylesheet";
    link.dataset.errand = "";
    link.href = at(root.dataset.errandStyle);
    document.head.append(link);
  });
}

async function start(name, attempt = 0) {
  const styled = name === root.dataset.front ? undefined : style();
  // A browser remembers a module that failed to come: another attempt needs another address.
  const module = await import(at(`${name}.js`) + (attempt ? `?${attempt}` : ""));
  await styled;
  return { name, exports: await module.default({ module_or_path: at(`${name}_bg.wasm`) }) };
}

/** The wasm that runs: its name, and what it lends to its part. */
let running;

/** Fetches what reads the scripts of forms, a part of the wasm (scripts/split-wasm.mjs); false if the server has none for this build. */
globalThis.fetchScripts = async () => {
  const { name, exports } = await running;
  const answer = await fetch(at(`${name}_scripts.wasm`));
  if (!answer.ok) return false;
  try {
    await WebAssembly.instantiate(await answer.arrayBuffer(), { main: exports });
    return true;
  } catch (error) {
    // The page of a server that answers every address with it.
    if (error instanceof WebAssembly.CompileError) return false;
    throw error;
  }
};

const online = () =>
  new Promise((resolve) => {
    addEventListener("online", resolve, { once: true });
    setTimeout(resolve, 4000);
  });

let taken = false;
addEventListener("mot-cua-start-errand", async () => {
  if (taken) return;
  taken = true;
  for (let attempt = 0; ; attempt += 1) {
    try {
      running = start(root.dataset.errand, attempt);
      await running;
      break;
    } catch (error) {
      // Without a network it is tried again; the page says that there is none.
      if (!(error instanceof TypeError) || attempt > 200) return tell("mot-cua-start-failed");
      await online();
    }
  }
  tell("mot-cua-errand-started");
});

addEventListener("mot-cua-expect-errand", () => {
  for (const file of [`${root.dataset.errand}.js`, `${root.dataset.errand}_bg.wasm`, root.dataset.errandStyle]) {
    const link = document.createElement("link");
    link.rel = "prefetch";
    link.crossOrigin = "anonymous";
    link.href = at(file);
    document.head.append(link);
  }
}, { once: true });

try {
  running = start(root.dataset[root.dataset.entry]);
  await running;
} catch (error) {
  tell("mot-cua-start-failed");
  throw error;
}
