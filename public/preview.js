// On the page for people who write forms: the definition that its address names is asked for while the wasm is under way.
// Where it does not come, the page asks again and says why.
(function () {
  "use strict";
  var name = new URLSearchParams(location.search).get("definition");
  if (!name || !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name)) return;
  function text(answer) {
    var type = answer.headers.get("content-type") || "";
    return answer.status === 200 && type.indexOf("application/json") === 0 ? answer.text() : null;
  }
  window.asked = fetch((document.documentElement.dataset.base || "/") + name)
    .then(text)
    .catch(function () {
      return null;
    });
})();
