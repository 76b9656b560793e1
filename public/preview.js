// On the page for people who write forms: the definition that its address names is asked for while the wasm is under way, and so is the
// part of the wasm that reads scripts, where the definition seems to have any. Where one does not come, the page asks again and says why.
(function () {
  "use strict";
  var name = new URLSearchParams(location.search).get("definition");
  if (!name || !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name)) return;
  function text(answer) {
    var type = answer.headers.get("content-type") || "";
    return answer.status === 200 && type.indexOf("application/json") === 0 ? answer.text() : null;
  }
  var SCRIPT = /"(custom(Conditional|DefaultValue|Action)?|calculateValue|javascript|schemaDefinition)"\s*:\s*"\s*[^"\s]/;
  function withScripts(definition) {
    var root = document.documentElement;
    if (definition && SCRIPT.test(definition) && "scripts" in root.dataset) {
      var link = document.createElement("link");
      link.rel = "preload";
      link.as = "fetch";
      link.crossOrigin = "anonymous";
      link.href = (root.dataset.base || "/") + root.dataset.errand + "_scripts.wasm";
      document.head.appendChild(link);
    }
    return definition;
  }
  window.asked = fetch((document.documentElement.dataset.base || "/") + name)
    .then(text)
    .then(withScripts)
    .catch(function () {
      return null;
    });
})();
