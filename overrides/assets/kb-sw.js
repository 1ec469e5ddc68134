// Shows visited pages when there is no connection. With one, everything comes from the network, as if this were not here;
// only assets whose address holds their version (`?v=`) come from here first, since they never change.
// `sw.js` at the site's root sets `kb` and imports this.
const ROOT = new URL(registration.scope).pathname;
const VISITED = `kb ${ROOT} ${kb.version}`;
const PAGES = 100;
const away = kb.away.map((path) => new URL(path, registration.scope).href);

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(`kb ${ROOT} `) && name !== VISITED);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
})()));

const find = async (key) => (await (await caches.open(VISITED)).match(key)) ?? caches.match(key);

// Closed by default: a page that does not say that it may be kept (a members' page, a login, an error) is not kept.
const keepPage = async (key, response) => {
  if (!response.ok || /no-store|private/.test(response.headers.get("cache-control"))) return;
  if (!(await response.clone().text()).includes('name="kb-offline"')) return;
  const cache = await caches.open(VISITED);
  await cache.put(key, response);
  const pages = (await cache.keys()).filter(({ url }) => url.endsWith("/") && !away.includes(url));
  await Promise.all(pages.slice(0, -PAGES).map((oldest) => cache.delete(oldest)));
};

const page = async (event, key) => {
  try {
    const response = await fetch(event.request);
    event.waitUntil(keepPage(key, response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    const known = await find(key);
    const instead = away[key.startsWith(new URL("en/", registration.scope).href) ? 1 : 0];
    if (known) return known;
    if (event.request.mode !== "navigate" || key === instead) throw error;
    return Response.redirect(`${instead}?missing`);
  }
};

const asset = async (event) => {
  const known = await find(event.request);
  if (known) return known;
  const response = await fetch(event.request);
  if (response.ok) {
    const copy = response.clone();
    event.waitUntil(caches.open(VISITED).then((cache) => cache.put(event.request, copy)).catch(() => {}));
  }
  return response;
};

const other = (event) => fetch(event.request).catch(async (error) => {
  const known = await find(event.request.url.replace(/\.\d+\.webp$/, "")); // a saved picture stands for all its sizes
  if (known) return known;
  throw error;
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.includes("/pagefind/")) return;
  if (url.pathname.endsWith("/")) event.respondWith(page(event, url.origin + url.pathname));
  else event.respondWith(url.search.startsWith("?v=") ? asset(event) : other(event));
});
