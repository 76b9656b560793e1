// Runs before the app, as a plain script: the Trusted Types policy, the plain page for old browsers, the screen that is
// shown when the app has died, and what draws elements for it. It must run on browsers that cannot run the app, so: no modules, no new syntax.
(function () {
  "use strict";
  var root = document.documentElement;

  // The framework writes its own constant templates through innerHTML. They hold no script, no event attribute and no
  // javascript: address; a text that does is refused.
  var FORBIDDEN = /<\s*(script|iframe|object|embed|base|meta|link)|\son[a-z]+\s*=|javascript:|srcdoc/i;
  if (window.trustedTypes && window.trustedTypes.createPolicy) {
    window.trustedTypes.createPolicy("default", {
      createHTML: function (text) {
        if (FORBIDDEN.test(text)) throw new TypeError("refused markup");
        return text;
      },
      createScriptURL: function (address) {
        var url = new URL(address, document.baseURI);
        if (url.origin !== location.origin) throw new TypeError("refused script address");
        return address;
      },
      // No createScript: text never becomes script.
    });
  }

  // Which of the two wasm this address needs (src/app/pages): it is fetched while the page is still being read.
  var path = location.pathname.slice((root.dataset.base || "/").length).replace(/^embed(\/|$)/, "");
  var isFront = /^(tim|(nhom|viec|thu-tuc)\/[^/]+)?\/?$/.test(path);
  var entry = isFront ? root.dataset.front : root.dataset.errand;
  root.dataset.entry = isFront ? "front" : "errand";
  function preload(relation, kind, name) {
    var link = document.createElement("link");
    link.rel = relation;
    if (kind) link.as = kind;
    // As the request that follows will ask for it, or it is fetched twice.
    if (kind !== "style") link.crossOrigin = "anonymous";
    link.href = (root.dataset.base || "/") + name;
    document.head.appendChild(link);
  }
  if (entry) {
    // A page of one wasm names it itself (scripts/finish-build.mjs).
    var named = document.querySelector('link[rel="preload"][href$="_bg.wasm"]');
    if (!isFront) preload("preload", "style", root.dataset.errandStyle);
    if (!named) {
      preload("preload", "fetch", entry + "_bg.wasm");
      preload("modulepreload", "", entry + ".js");
    }
  }

  // Draws an element with all that is in it, in one call from the wasm: the steps are those of src/app/browser/draw.rs.
  window.drawing = function (called) {
    var unseen = document.implementation.createHTMLDocument("");
    var likes = [];
    var names = [];
    var kept = [];
    function like(isSvg, isUnseen, lines) {
      var line = lines.split("\n");
      var maker = isUnseen ? unseen : document;
      var element = isSvg ? maker.createElementNS("http://www.w3.org/2000/svg", line[0]) : maker.createElement(line[0]);
      for (var at = 1; at < line.length; at += 2) element.setAttribute(line[at], line[at + 1]);
      likes.push(element);
    }
    function hear(node, name, number) {
      node.addEventListener(name, function (event) { called(number, event); });
    }
    function draw(steps, text) {
      var around = [];
      var node = null;
      var at = 0;
      var read = 0;
      var inside;
      function next() { return steps[at++]; }
      function words() { return text.slice(read, (read += next())); }
      kept = [];
      while (at < steps.length) {
        switch (next()) {
          case 0: around.push(node); node = likes[next()].cloneNode(); break;
          case 1: inside = node; node = around.pop(); node.appendChild(inside); break;
          case 2: node.setAttribute(names[next()], words()); break;
          case 3: node.textContent = words(); break;
          case 4: node.value = words(); break;
          case 5: hear(node, names[next()], next()); break;
          case 6: node.selected = true; break;
          case 7: node.style.setProperty("contain-intrinsic-size", words()); break;
          case 8: kept.push(node); break;
        }
      }
      return node;
    }
    return {
      like: like,
      name: function (name) { names.push(name); },
      kept: function (at) { return kept[at]; },
      draw: draw,
    };
  };

  function show(id) {
    var app = document.getElementById("app");
    if (app) app.hidden = true;
    var screen = document.getElementById(id);
    if (!screen) return;
    screen.hidden = false;
    var title = screen.querySelector("h1");
    if (title) title.focus();
  }

  function whenReady(act) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", act);
    else act();
  }

  var supported =
    typeof WebAssembly === "object" &&
    typeof BigInt64Array === "function" &&
    typeof indexedDB === "object" &&
    window.crypto &&
    window.crypto.subtle &&
    typeof Array.prototype.at === "function";
  if (!supported) {
    root.dataset.unsupported = "true";
    whenReady(function () { show("plain"); });
  }

  whenReady(function () {
    var reload = document.getElementById("recovery-reload");
    if (reload) reload.addEventListener("click", function () { location.reload(); });
  });

  window.addEventListener("mot-cua-panic", function () {
    whenReady(function () { show("recovery"); });
  });

  // The app could not be fetched or started: say so instead of leaving the skeleton.
  window.addEventListener("mot-cua-start-failed", function () {
    whenReady(function () { show("recovery"); });
  });

  // Once the page is there, it is kept for days without a network. A frame of another site is not: its storage is its own.
  if (supported && navigator.serviceWorker && !/^embed(\/|$)/.test(location.pathname.slice((root.dataset.base || "/").length))) {
    window.addEventListener("load", function () {
      navigator.serviceWorker.register((root.dataset.base || "/") + "sw.js").catch(function () {
        // A private window may refuse: the page works, it only needs the network each time.
      });
    });
  }

  try {
    var theme = localStorage.getItem("mot-cua theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (refused) {
    // Storage is refused in this window: the system's theme is used.
  }
})();
