// On every page, before the first paint: colours, menu, and the door to the search, fetched only when a reader goes there.
(() => {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const make = (tag, facts) => Object.assign(document.createElement(tag), facts);
  const keep = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key);
      value ? localStorage.setItem(key, value) : localStorage.removeItem(key);
    } catch { /* storage is closed to us: nothing is kept */ }
  };

  root.classList.replace("no-js", "js");
  document.head.append(make("meta", { name: "theme-color", content: "#244534" }));
  const system = matchMedia("(prefers-color-scheme: dark)");
  const scheme = () => root.dataset.scheme || (system.matches ? "dark" : "light");
  const chosen = keep("kb-scheme");
  if (chosen) root.dataset.scheme = chosen;

  let module;
  let failures = 0;
  const search = () => (module ??= import(`./kb-search.js${failures ? `?${failures}` : ""}`).then((it) => {
    find(".kb-lost")?.remove();
    return it;
  }, (error) => {
    module = undefined;
    failures += 1;
    const said = find(".kb-lost") ?? Object.assign(document.createElement("p"), { className: "kb-lost", role: "status" });
    find("#kb-search").append(said);
    said.textContent = root.lang === "es" ? "La búsqueda no se pudo cargar: quizá no hay conexión." : "The search could not be loaded: there may be no connection.";
    throw error;
  }));
  const open = (query) => {
    const from = document.activeElement;
    root.classList.add("kb-searching");
    if (query !== undefined) find("#kb-query").value = query;
    find("#kb-query").focus({ preventScroll: true });
    return search().then((it) => it.opened(from));
  };

  document.addEventListener("DOMContentLoaded", () => {
    // Buttons that need a script are made by it: a page does not pay for them.
    const button = (className, attributes, ...inside) => {
      const made = make("button", { className, type: "button" });
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
      made.append(...inside);
      return made;
    };
    const opens = (id, label) => ({ "aria-label": label, "aria-expanded": false, "aria-controls": id });
    const [dark, list, query] = root.lang === "es" ? ["Modo oscuro", "Menú", "Buscar"] : ["Dark mode", "Menu", "Search"];
    const shade = button("kb-strip-button", { "data-kb-scheme": "" }, make("span", { textContent: dark }));
    const menu = button("kb-icon kb-phone", { "data-kb-menu": "", ...opens("kb-nav", list) });
    const glass = button("kb-icon kb-glass kb-phone", { "data-kb-search-open": "", ...opens("kb-search", query) });
    find(".kb-strip-what").after(shade);
    find("#kb-search").append(glass);
    find("#kb-search").after(menu);
    const form = find("#kb-search form");
    const showScheme = () => shade.setAttribute("aria-pressed", scheme() === "dark");

    menu.onclick = () => menu.setAttribute("aria-expanded", find("#kb-nav").classList.toggle("kb-open"));
    shade.onclick = () => {
      const wanted = scheme() === "dark" ? "light" : "dark";
      const own = wanted === (system.matches ? "dark" : "light");
      root.dataset.scheme = own ? "" : wanted;
      keep("kb-scheme", own ? "" : wanted);
      showScheme();
    };
    system.onchange = showScheme;
    showScheme();

    const field = find("#kb-query");
    for (const [name, value] of [["autocapitalize", "off"], ["spellcheck", "false"], ["aria-keyshortcuts", "/"]]) field.setAttribute(name, value);
    form.addEventListener("focusin", () => search().catch(() => {}));
    glass.onclick = () => {
      if (root.classList.contains("kb-searching")) search().then((it) => it.close(true), () => root.classList.remove("kb-searching"));
      else open().catch(() => {});
    };
    for (const each of document.querySelectorAll("#kb-search form, [data-kb-search]")) {
      each.addEventListener("submit", (event) => {
        event.preventDefault();
        open(each.elements.q.value).then(() => search()).then((it) => it.go(), () => each.submit());
      });
    }
    // On a phone the list of sections waits until the beginning of the page has been read past.
    const jump = find(".kb-jump");
    if (jump) new IntersectionObserver(([seen]) => jump.classList.toggle("kb-later", seen.isIntersecting || seen.boundingClientRect.top > 0)).observe(find(".kb-sheet, .kb-head"));
    // A finger's first touch on a term shows its definition, the second follows the link; Escape hides what is shown.
    const TERM = "[data-definition]";
    const leave = (but) => {
      for (const each of document.querySelectorAll(".kb-told, .kb-shut")) if (each !== but) each.classList.remove("kb-told", "kb-shut");
    };
    document.addEventListener("click", (event) => {
      const term = event.target.closest(TERM);
      leave(term);
      if (!term || event.pointerType !== "touch" || term.classList.contains("kb-told")) return;
      event.preventDefault();
      term.classList.add("kb-told");
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") for (const each of document.querySelectorAll(`${TERM}:is(:hover, :focus, .kb-told)`)) each.classList.add("kb-shut");
    });
    for (const gone of ["mouseout", "focusout"]) document.addEventListener(gone, ({ target }) => target.matches(TERM) && target.classList.remove("kb-shut"));

    // From a source, back to the place in the text that led to it.
    document.addEventListener("click", ({ target }) => {
      const cited = target.closest('[href^="#fuente_"]');
      const source = cited && document.getElementById(cited.hash.slice(1));
      if (!source) return;
      find(".kb-back")?.remove();
      cited.id ||= "cita";
      for (const other of document.querySelectorAll("#cita")) if (other !== cited) other.removeAttribute("id");
      const words = root.lang === "es" ? "Volver al texto" : "Back to the text";
      source.append(" ", make("a", { className: "kb-back", href: "#cita", textContent: `↑ ${words}` }));
    });

    const asked = new URLSearchParams(location.search).get("q");
    if (asked) open(asked).catch(() => {});

    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (event.key === "Escape") for (const each of document.querySelectorAll(".kb-nav-more[open], .kb-jump[open]")) each.open = false;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || keep("kb-slash")) return;
      event.preventDefault();
      open().catch(() => {});
    });
    document.addEventListener("click", (event) => {
      for (const each of document.querySelectorAll(".kb-nav-more[open], .kb-jump[open]")) {
        if (!each.contains(event.target) || event.target.closest("a")) each.open = false;
      }
    });
  });
})();
