// Opens the web editor (Decap CMS), where somebody can be let in: its own script comes from elsewhere and is checked.
(() => {
  const told = document.currentScript.dataset;
  const say = (state) => {
    for (const part of document.querySelectorAll("[data-kb-when]")) part.hidden = part.dataset.kbWhen !== state;
  };
  // An emptied field is a field that is not there.
  const isThere = (value) => value !== null && value !== undefined && value !== "" && value.size !== 0;
  const tidy = (value) => (value?.toJS ? value.map(tidy).filter(isThere) : value);
  const open = (config) => {
    document.querySelector("link[rel=stylesheet]").remove();
    document.querySelector("main").remove();
    config.load_config_file = false;
    window.CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => tidy(entry.get("data")) });
    window.CMS.init({ config });
  };
  const here = ["localhost", "127.0.0.1"].includes(location.hostname);
  if (!here && told.connected !== "yes") return say("closed");
  say("loading");
  window.CMS_MANUAL_INIT = true;
  document.head.append(Object.assign(document.createElement("script"), {
    src: told.editor,
    integrity: told.integrity,
    crossOrigin: "anonymous",
    onerror: () => say("failed"),
    onload: () => fetch("config.json").then((answer) => answer.json()).then(open).catch(() => say("failed")),
  }));
})();
