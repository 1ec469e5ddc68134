// To send a page on and to keep it: copies its text or its link, opens the phone's own list of ways to share, prints,
// saves it for when there is no connection, and lists what was saved.
const english = document.documentElement.lang === "en";
const root = new URL(english ? "../../" : "../", import.meta.url);
const SAVED = `kb-saved ${root.pathname} `;
const VISITED = `kb ${root.pathname} `;
const part = document.querySelector(".kb-share");
const said = part?.querySelector("[role=status]");
const here = location.origin + location.pathname;

const say = (words) => {
  said.textContent = ""; // the same words said twice are read out twice
  requestAnimationFrame(() => { said.textContent = words; });
};
const offer = (name, possible, act) => {
  for (const button of part.querySelectorAll(`[data-kb-${name}]`)) {
    button.hidden = !possible;
    button.onclick = () => act(button).catch((error) => { if (error.name !== "AbortError") say(said.dataset.failed); });
  }
};

if (part) {
  const text = new URL(part.querySelector("[data-kb-text]").href).searchParams.get("text");
  const link = text.slice(text.lastIndexOf("\n") + 1);
  offer("copy", navigator.clipboard, async (button) => {
    await navigator.clipboard.writeText(button.dataset.kbCopy === "text" ? text : link);
    say(button.dataset.said);
  });
  offer("send", navigator.share, () => navigator.share({ title: document.title, text }));
  part.querySelector("[data-kb-copy=link]").hidden ||= Boolean(navigator.share);
  offer("print", true, async () => print());
}

// Without a connection
const read = (html) => new DOMParser().parseFromString(html, "text/html");
const parts = (page, address) => [...page.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]")]
  .map((each) => new URL(each.getAttribute("href") ?? each.getAttribute("src"), address))
  .filter(({ origin }) => origin === location.origin).map(({ href }) => href);
const cachesOf = async (prefix) => (await caches.keys()).filter((name) => name.startsWith(prefix));

// Whatever a saved page needs lies in a cache of its own with it: later versions of the site cannot mix with it.
const save = async (name, addresses, options) => {
  const had = await caches.has(name);
  try {
    const cache = await caches.open(name);
    const needed = new Set();
    for (const address of addresses) {
      const response = await fetch(address, options);
      if (!response.ok) throw new Error(response.status);
      for (const each of parts(read(await response.clone().text()), address)) needed.add(each);
      await cache.put(address, response);
    }
    await cache.addAll(needed);
  } catch (error) {
    if (!had) await caches.delete(name);
    throw error;
  }
};

const offerSaving = async () => {
  const [name, list] = [SAVED + location.pathname, part.querySelector("[data-kb-saved-list]")];
  const records = () => [...document.querySelectorAll(".kb-list .kb-card-title a")].map(({ href }) => href);
  offer("save", true, async (button) => {
    const { words, remove, kept, gone } = button.dataset;
    if (button.ariaBusy) return;
    button.ariaBusy = "true";
    try {
      const had = await caches.delete(name);
      if (!had) await save(name, [here, ...records()]);
      button.textContent = had ? words : remove;
      list.hidden = had;
      say(had ? gone : kept);
    } finally {
      button.ariaBusy = null;
    }
  });
  if (!(await caches.has(name))) return;
  const button = part.querySelector("[data-kb-save]");
  button.textContent = button.dataset.remove;
  list.hidden = false;
  if (!records().length) await save(name, [here], { cache: "force-cache" }); // as new as the page that is shown
};

const row = async (cache, address, words, remove) => {
  const [item, link, page] = [document.createElement("li"), document.createElement("a"), await cache.match(address)];
  if (!page) return [];
  link.href = address;
  link.textContent = read(await page.text()).querySelector("h1")?.textContent ?? address;
  item.append(link);
  if (!remove) return [item];
  const button = Object.assign(document.createElement("button"), { className: "kb-button kb-quiet", type: "button", textContent: words });
  button.setAttribute("aria-label", `${words}: ${link.textContent}`);
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
    const saved = new URL(english ? "en/saved/" : "guardadas/", root).href;
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
  keep(worker).then(() => part && offerSaving()).catch(() => {});
  const place = document.querySelector("[data-kb-kept]");
  if (place) listSaved(place).catch(() => {});
} else if (worker) forget(worker).catch(() => {});
