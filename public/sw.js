// The service worker: a page that was open once opens again without a network, from the address bar too.
//
// It keeps the page's own files and the public facts (catalogue, procedures, forms, places, sentences), and nothing a
// person typed or is: those rest sealed, elsewhere. The network comes first for everything that can change; what is kept
// answers when the network does not. A file with a hash in its name never changes, so what is kept answers at once.
"use strict";

const KEPT = "mot-cua-1";
const base = new URL("./", self.location.href);
/** The network is waited for this long before what is kept answers. */
const PATIENCE_MS = 4000;

const isHashed = (path) => /[-_.](?=[0-9a-f]*\d)[0-9a-f]{16}(?=[-_.])/.test(path) && !/^worker/.test(path);
const isFact = (path) => /^api\/v1\/(catalogue|places(\/country)?|procedures\/[^/]+)$/.test(path);
/** Facts with their version in the address: they never change. */
const isVersion = (path) => /^api\/v1\/(places\/[0-9a-f]{16}\/\d\d|forms\/[^/]+\/versions\/\d+)$/.test(path);
const isFile = (path) => /^(words\/[a-z]+\.txt|worker(_bg)?\.(js|wasm)|manifest\.webmanifest|icons\/[^/]+)$/.test(path);
const isBackend = (path) => /^(api|auth|test|tools|csp-reports|\.well-known)(\/|$)/.test(path);

self.addEventListener("install", (event) => {
  event.waitUntil(refreshPage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return;
  const path = url.pathname.slice(base.pathname.length);
  if (request.mode === "navigate") {
    if (!isBackend(path)) event.respondWith(page(event));
  } else if (isHashed(path) || isVersion(path)) {
    event.respondWith(keptFirst(request));
  } else if (isFact(path)) {
    event.respondWith(inTimeOrKept(fetchAndKeep(event), request.url));
  } else if (isFile(path)) {
    // These belong to the page of the same build: one that is late is waited for.
    event.respondWith(fetchAndKeep(event).catch(async (error) => (await keptAt(request.url)) ?? Promise.reject(error)));
  }
});

/** Every page is the same file; the address tells the app which one. */
async function page(event) {
  const fresh = fetch(event.request);
  // A newer page is kept only once all its files are, so that a cut in the middle leaves the old one whole.
  event.waitUntil(fresh.then((answer) => keepPage(answer.clone())).catch(() => {}));
  return inTimeOrKept(fresh, base.href);
}

/** What the network answers; what is kept, where it does not answer, or not in time. */
async function inTimeOrKept(fresh, address) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  return (await Promise.race([fresh.catch(() => undefined), late])) ?? (await keptAt(address)) ?? fresh;
}

async function keptAt(address) {
  return (await caches.open(KEPT)).match(address);
}

async function refreshPage() {
  await keepPage(await fetch(base.href, { headers: { accept: "text/html" } }));
}

/** Keeps a page of ours with the files it starts from, and lets go of files no page needs any more. */
async function keepPage(answer) {
  if (!answer.ok || !(answer.headers.get("content-type") ?? "").startsWith("text/html")) return;
  const text = await answer.text();
  const page = text.replace(/<link rel="(module)?preload"[^>]*>/g, "");
  // A captive portal also answers with a page, and with 200.
  const said = (name) => new RegExp(`<html\\b[^>]*\\bdata-${name}="([\\w.-]+)"`).exec(text)?.[1];
  const [front, errand, style] = ["front", "errand", "errand-style"].map(said);
  if (!front || !errand || !style) return;
  const cache = await caches.open(KEPT);
  const known = await cache.match(base.href);
  if (known && (await known.text()) === page) return;
  const named = [...page.matchAll(/(?:src|href)="([^":]+)"/g)].map((it) => new URL(it[1], base).href);
  const needed = [...named, ...[`${front}.js`, `${front}_bg.wasm`].map((name) => new URL(name, base).href)];
  await Promise.all(needed.map((address) => keepOnce(cache, address)));
  // It answers for all addresses: what the page of the first ones asks for early would be asked for in vain.
  const headers = new Headers(answer.headers);
  headers.delete("link");
  await cache.put(base.href, new Response(page, { headers }));
  // The second wasm and its part are kept when they are first asked for; their names stay known so that they are not thrown away.
  const later = [`${errand}.js`, `${errand}_bg.wasm`, `${errand}_scripts.wasm`, style].map((name) => new URL(name, base).href);
  const current = new Set([...needed, ...later]);
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname.slice(base.pathname.length);
    if (isHashed(path) && !current.has(request.url)) await cache.delete(request);
  }
}

async function keepOnce(cache, address) {
  if (await cache.match(address)) return;
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError("a file of the page did not come");
  await cache.put(address, answer);
}

async function keptFirst(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (isOurs(answer)) await cache.put(request.url, answer.clone());
  return answer;
}

function fetchAndKeep(event) {
  const { request } = event;
  const fresh = fetch(request);
  const keep = async (answer) => (await caches.open(KEPT)).put(request.url, answer);
  event.waitUntil(fresh.then((answer) => isOurs(answer) && keep(answer.clone())).catch(() => {}));
  return fresh;
}

/** An answer that may be kept: whole, not personal, and of the kind that was asked for. */
function isOurs(answer) {
  const isPage = (answer.headers.get("content-type") ?? "").startsWith("text/html");
  const isPersonal = /no-store|private/.test(answer.headers.get("cache-control") ?? "");
  return answer.status === 200 && answer.type === "basic" && !isPage && !isPersonal;
}
