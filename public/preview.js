// On the page for people who write forms: the definition that its address names is fetched while the wasm is under way.
(function () {
  "use strict";
  var name = new URLSearchParams(location.search).get("definition");
  if (!name || !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name)) return;
  var link = document.createElement("link");
  link.rel = "preload";
  link.as = "fetch";
  link.crossOrigin = "anonymous";
  link.href = (document.documentElement.dataset.base || "/") + name;
  document.head.appendChild(link);
})();
