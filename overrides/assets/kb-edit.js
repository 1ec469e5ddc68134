/* Opens the web editor (Decap CMS), where somebody can be let in: its own script comes from elsewhere and is checked. */
(function () {
  "use strict";
  var told = document.currentScript.dataset;
  var say = function (state) {
    document.querySelectorAll("[data-kb-when]").forEach(function (part) {
      part.hidden = part.dataset.kbWhen !== state;
    });
  };
  // An emptied field is a field that is not there.
  var tidy = function (value) {
    if (!value || !value.toJS) return value;
    return value.map(tidy).filter(function (inner) {
      return inner !== null && inner !== undefined && inner !== "" && inner.size !== 0;
    });
  };
  var open = function (config) {
    document.querySelector("link[rel=stylesheet]").remove();
    document.querySelector("main").remove();
    config.load_config_file = false;
    window.CMS.registerEventListener({
      name: "preSave",
      handler: function (event) { return tidy(event.entry.get("data")); },
    });
    window.CMS.init({ config: config });
  };
  var here = ["localhost", "127.0.0.1"].indexOf(location.hostname) >= 0;
  if (!here && told.connected !== "yes") return say("closed");
  say("loading");
  window.CMS_MANUAL_INIT = true;
  var script = document.createElement("script");
  script.src = told.editor;
  script.integrity = told.integrity;
  script.crossOrigin = "anonymous";
  script.onerror = function () { say("failed"); };
  script.onload = function () {
    fetch("config.json")
      .then(function (answer) { return answer.json(); })
      .then(open)
      .catch(function () { say("failed"); });
  };
  document.head.append(script);
})();
