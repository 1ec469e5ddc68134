// To send a page on and to keep it: copies its text or its link, opens the phone's own list of ways to share, prints,
// saves it for when there is no connection, and lists what was saved.
const english = document.documentElement.lang === "en";
const root = new URL("../", import.meta.url);
const savedList = english ? "en/saved/" : "guardadas/";
const SAVED = `kb-saved ${root.pathname} `;
const VISITED = `kb ${root.pathname} `;
const part = document.querySelector(".kb-share");
const here = location.origin + location.pathname;
// What only a script can do is made by it: a page of words does not pay for it.
const WORDS = english ? {
  text: "Copy text", textSaid: "Text copied.", link: "Copy link", linkSaid: "Link copied.", send: "Share…", print: "Print",
  save: "Save for offline", saveAll: "Save these records for offline", remove: "Remove from saved", saved: "See what is saved", list: "Saved for offline",
  cite: "Copy the citation", citeSaid: "Citation copied.", bibtex: "Copy as BibTeX",
  kept: "Saved: it will open without a connection.", gone: "Removed from saved.", failed: "The browser did not allow it.",
} : {
  text: "Copiar texto", textSaid: "Texto copiado.", link: "Copiar enlace", linkSaid: "Enlace copiado.", send: "Compartir…", print: "Imprimir",
  save: "Guardar sin conexión", saveAll: "Guardar estas fichas sin conexión", remove: "Quitar de lo guardado", saved: "Ver lo guardado", list: "Guardado sin conexión",
  cite: "Copiar la cita", citeSaid: "Cita copiada.", bibtex: "Copiar en BibTeX",
  kept: "Guardado: se abrirá aunque no haya conexión.", gone: "Quitado de lo guardado.", failed: "El navegador no lo permitió.",
};
const make = (tag, facts) => Object.assign(document.createElement(tag), facts);
const said = make("p", { className: "kb-share-said", role: "status" });

const say = (words) => {
  said.textContent = ""; // the same words said twice are read out twice
  requestAnimationFrame(() => { said.textContent = words; });
};
const offer = (name, words, act, before = said) => {
  const button = make("button", { className: "kb-button kb-quiet", type: "button", textContent: words });
  button.setAttribute(`data-kb-${name}`, "");
  button.onclick = () => act(button).catch((error) => { if (error.name !== "AbortError") say(WORDS.failed); });
  before.before(button);
  return button;
};

if (part) {
  part.append(said);
  const send = part.querySelector("a");
  const [title, link] = new URL(send.href).searchParams.get("text").split("\n\n");
  const text = [title, document.querySelector("[name=description]").content, link].join("\n\n");
  send.href = `https://wa.me/?text=${encodeURIComponent(text)}`;
  const copy = (words) => async () => {
    await navigator.clipboard.writeText(words);
    say(words === text ? WORDS.textSaid : WORDS.linkSaid);
  };
  if (navigator.clipboard) offer("text", WORDS.text, copy(text));
  if (navigator.share) offer("send", WORDS.send, () => navigator.share({ title: document.title, text }));
  else if (navigator.clipboard) offer("link", WORDS.link, copy(link));
  offer("print", WORDS.print, async () => print());
  const files = document.querySelector(".kb-citing-files");
  if (files && navigator.clipboard) {
    const copyCite = (made) => async () => {
      // A promise: some browsers let a page copy only at once after the click.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": made() })]);
      say(WORDS.citeSaid);
    };
    const words = files.previousElementSibling.textContent.trim();
    const bib = files.querySelector("[href$='.bib']").href;
    offer("cite", WORDS.cite, copyCite(async () => words), files);
    offer("bibtex", WORDS.bibtex, copyCite(async () => (await (await fetch(bib)).text()).split("\n\n").find((one) => one.includes(`url = {${link}}`))), files);
  }
}

// Without a connection
const read = (html) => new DOMParser().parseFromString(html, "text/html");
const parts = (page, address) => [...page.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")]
  .map((each) => new URL(each.getAttribute("href") ?? each.getAttribute("src"), address))
  .filter(({ origin }) => origin === location.origin).map(({ href }) => href);
// Of a picture in several sizes the one that a phone needs: it is kept in the picture's place, for all of them.
const pictures = (page, address) => [...page.querySelectorAll("img[src]")].map((each) => {
  const sizes = (each.previousElementSibling?.srcset ?? each.getAttribute("src")).split(", ");
  const size = sizes.find((one) => one.endsWith(" 720w")) ?? sizes.at(-1);
  return [each.getAttribute("src"), size.split(" ")[0]].map((part) => new URL(part, address).href);
});
const cachesOf = async (prefix) => (await caches.keys()).filter((name) => name.startsWith(prefix));

// Whatever a saved page needs lies in a cache of its own with it: later versions of the site cannot mix with it.
const save = async (name, addresses, options) => {
  const had = await caches.has(name);
  try {
    const cache = await caches.open(name);
    const take = async (place, address, how) => {
      const response = await fetch(address, how);
      if (!response.ok) throw new Error(response.status);
      await cache.put(place, response.clone());
      return response;
    };
    const needed = new Map();
    for (const address of addresses) {
      const page = read(await (await take(address, address, options)).text());
      for (const each of parts(page, address)) needed.set(each, each);
      for (const [place, copy] of pictures(page, address)) needed.set(place, copy);
    }
    await Promise.all([...needed].map(([place, address]) => take(place, address)));
  } catch (error) {
    if (!had) await caches.delete(name);
    throw error;
  }
};

const offerSaving = async () => {
  const name = SAVED + location.pathname;
  const records = () => [...document.querySelectorAll(".kb-list .kb-card-title a")].map(({ href }) => href);
  const words = document.querySelector(".kb-list") ? WORDS.saveAll : WORDS.save;
  const list = make("a", { className: "kb-button kb-quiet", href: new URL(savedList, root), textContent: WORDS.saved });
  const show = (has) => {
    button.textContent = has ? WORDS.remove : words;
    list.hidden = !has;
  };
  const button = offer("save", words, async () => {
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    try {
      const had = await caches.delete(name);
      if (!had) await save(name, [here, ...records()]);
      show(!had);
      say(had ? WORDS.gone : WORDS.kept);
    } finally {
      button.ariaBusy = null;
    }
  });
  button.after(list);
  const has = await caches.has(name);
  show(has);
  if (has && !records().length) await save(name, [here], { cache: "force-cache" }); // as new as the page that is shown
};

const row = async (cache, address, words, remove) => {
  const page = await cache.match(address);
  if (!page) return [];
  const kept = read(await page.text());
  const heading = kept.querySelector("h1");
  const title = heading?.textContent ?? address;
  const item = make("li");
  item.append(make("a", { href: address, lang: heading?.lang || kept.documentElement.lang, textContent: title }));
  if (!remove) return [item];
  const button = make("button", { className: "kb-button kb-quiet", type: "button", textContent: words });
  button.setAttribute("aria-label", `${words}: ${title}`);
  button.onclick = async () => { await remove(); item.remove(); };
  item.append(button);
  return [item];
};

const listSaved = async (place) => {
  const [mine, recent] = place.querySelectorAll("ul");
  for (const name of (await cachesOf(SAVED)).sort()) {
    const path = name.slice(SAVED.length);
    mine.append(...await row(await caches.open(name), new URL(path, root).href, place.dataset.remove, () => caches.delete(name)));
  }
  for (const name of await cachesOf(VISITED)) {
    const cache = await caches.open(name);
    const pages = (await cache.keys()).map(({ url }) => url).filter((url) => url.endsWith("/") && url !== here);
    for (const address of pages.reverse()) recent.append(...await row(cache, address));
  }
  for (const list of [mine, recent]) list.previousElementSibling.hidden = !list.children.length;
  place.querySelector("[data-kb-nothing]").hidden = Boolean(mine.children.length + recent.children.length);
  place.querySelector("[data-kb-missing]").hidden = location.search !== "?missing";
};

const keep = async (worker) => {
  const warm = async () => {
    const saved = new URL(savedList, root).href;
    for (const address of [...parts(document, here), here, saved]) {
      if (!(await caches.match(address))) await fetch(address, { cache: "force-cache" });
    }
  };
  worker.addEventListener("controllerchange", () => warm().catch(() => {}));
  if (worker.controller) warm().catch(() => {});
  else await worker.register(new URL("sw.js", root));
};

// The members' edition keeps nothing, and takes away what a public one kept at its address.
const forget = async (worker) => {
  const known = await worker.getRegistration(root);
  if (known?.scope === root.href) await known.unregister();
  for (const name of [...await cachesOf(SAVED), ...await cachesOf(VISITED)]) await caches.delete(name);
};

const worker = navigator.serviceWorker;
if (worker && document.querySelector("[name=kb-offline]")) {
  const way = make("span", { textContent: "." });
  way.prepend(" ", make("a", { href: new URL(savedList, root), textContent: WORDS.list }));
  document.querySelector(".kb-footer-licence").append(way);
  keep(worker).then(() => part && offerSaving()).catch(() => {});
  const place = document.querySelector("[data-kb-kept]");
  if (place) listSaved(place).catch(() => {});
} else if (worker) forget(worker).catch(() => {});
