// The pages to explore and of the tracker: their links become filters that combine, and the address keeps the state.
// Loaded before the page is drawn, so that nothing moves later; without it every link leads to a page of its own.
(() => {
  const root = document.documentElement;
  root.classList.add("kb-live");
  const PAGE = 30; // cards
  const MOST = 5; // pages of the tracker that a choice may cost
  const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const make = (tag, name, ...children) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...children);
    return made;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-kb-filter]");
    const one = (selector) => box.querySelector(selector);
    const say = box.dataset;
    const links = [...box.querySelectorAll("[data-facet] a")].map((a) => {
      const facet = a.closest("[data-facet]").dataset.facet;
      return { a, facet, key: `${facet}:${a.dataset.value}`, words: a.firstChild.data.trim(), n: a.querySelector(".kb-n"), page: a.href };
    });
    if (!links.length) return;
    const byKey = new Map(links.map((link) => [link.key, link]));
    const facets = [...new Set(links.map((link) => link.facet))];
    const form = one("form");
    const status = one(".kb-found-count");
    const nothing = one(".kb-found-nothing");
    const chips = one(".kb-panel-chips");
    const source = form ? explore() : tracker();
    let turn = 0;

    /** What the address asks for; what it asks for and is not here is left out. */
    function asked() {
      const query = new URLSearchParams(location.search);
      const keys = facets.flatMap((facet) => query.getAll(facet).map((value) => `${facet}:${value}`));
      return { keys: new Set(keys.filter((key) => byKey.has(key))), text: query.get("text") || "", sort: query.get("sort") || "" };
    }

    /** The address of a state: the same for the same choice, in whatever order it was made. */
    function address({ keys, text, sort }) {
      const query = new URLSearchParams(links.filter(({ key }) => keys.has(key)).map(({ key, facet }) => [facet, key.slice(facet.length + 1)]));
      if (text.trim()) query.set("text", text.trim());
      if (sort) query.set("sort", sort);
      return `${query}` ? `?${query}` : location.pathname;
    }

    const without = (state, key) => ({ ...state, keys: new Set([...state.keys].filter((each) => each !== key)) });
    const toggled = (state, key) => (state.keys.has(key) ? without(state, key) : { ...state, keys: new Set([...state.keys, key]) });

    /** Says whether an item has one of the chosen values of every facet, but of one that is not asked. */
    function chooser(state, but) {
      const wanted = facets.filter((facet) => facet !== but).map((facet) => [...state.keys].filter((key) => key.startsWith(`${facet}:`))).filter((keys) => keys.length);
      const words = fold(state.text).split(/\s+/);
      return (item) => wanted.every((keys) => keys.some((key) => item.keys.has(key))) && words.every((word) => item.words.includes(word));
    }

    async function draw() {
      const state = asked();
      const mine = ++turn;
      const items = await source.items(state);
      if (!items || mine !== turn) return;
      if (items.later) return mark(items, state);
      const found = items.filter(chooser(state));
      source.show(found, state);
      mark(items, state);
      tell(items, found, state);
      for (const a of document.querySelectorAll("header a[rel=alternate]")) a.search = location.search;
    }

    function mark(items, state) {
      for (const facet of facets) {
        const near = items.whole ? items.filter(chooser(state, facet)) : null;
        for (const link of links) {
          if (link.facet !== facet) continue;
          const chosen = state.keys.has(link.key);
          const n = near ? near.filter((item) => item.keys.has(link.key)).length : +link.n.textContent;
          link.n.textContent = n;
          link.a.href = address(toggled(state, link.key));
          chosen ? link.a.setAttribute("aria-current", "true") : link.a.removeAttribute("aria-current");
          link.a.parentElement.hidden = !n && !chosen && link.a !== document.activeElement;
        }
      }
    }

    function tell(items, found, state) {
      const n = found.length;
      const some = state.keys.size || state.text.trim();
      one(".kb-found-head").hidden = !form && !some;
      const words = n === 1 ? say.one : say.many.replace("{n}", n) + (items.cut ? `. ${say.more}` : "");
      if (status.textContent !== words) status.textContent = words;
      const chip = (words, to, label) => {
        const a = make("a", `kb-chip${label ? "" : " kb-chip-clear"}`, words);
        a.href = address(to);
        if (label) a.setAttribute("aria-label", label);
        return make("li", "", a);
      };
      const parts = [...state.keys].map((key) => [byKey.get(key).words, without(state, key)]);
      if (state.text.trim()) parts.push([state.text.trim(), { ...state, text: "" }]);
      const drop = (name) => say.drop.replace("{x}", name);
      chips.replaceChildren(...parts.map(([name, to]) => chip(name, to, drop(name))));
      if (parts.length > 1) chips.append(chip(say.all, { keys: new Set(), text: "", sort: state.sort }));
      if (state.text.trim()) {
        const whole = make("a", "", say.whole.replace("{x}", state.text.trim()));
        whole.href = `?${new URLSearchParams({ q: state.text.trim() })}`; // opens the search of every page
        chips.append(make("li", "", whole));
      }
      nothing.hidden = n > 0;
      const looser = n ? [] : parts.map(([name, to]) => [name, to, items.filter(chooser(to)).length]);
      nothing.lastChild.replaceChildren(...looser.map(([name, to, left]) => {
        const li = chip(name, to, drop(name));
        li.append(` ${left === 1 ? say.one : say.many.replace("{n}", left)}`);
        return li;
      }));
    }

    /** All records, from a file. */
    function explore() {
      let all;
      let cards = [];
      const list = one(".kb-cards");
      const more = one(".kb-found button");
      const next = () => {
        const added = cards.splice(0, PAGE).map((item) => item.card());
        list.append(...added);
        more.hidden = !cards.length;
        return added[0];
      };
      more.onclick = () => next().querySelector("a").focus();
      one("details").open = matchMedia("(min-width: 48rem)").matches;
      const later = () => say.later !== undefined && !location.search;
      const load = async () => {
        const data = await (await fetch(say.kbFilter)).json();
        const place = (keys) => (keys.find((key) => key.startsWith("place:")) || keys.find((key) => key.startsWith("country:")) || "");
        return data.records.map(([title, id, facts, lead, own, lang], newest) => {
          const keys = own.map((n) => data.keys[n]);
          const type = keys[0].slice(5);
          const labels = keys.map((key) => byKey.get(key)?.words || "");
          const card = () => {
            const a = make("a", "", title);
            a.href = `${data.types[type][1]}${id}/`;
            const kind = make("p", "kb-card-type", data.types[type][0]);
            const said = make("p", "kb-card-lead", lead);
            if (lang) {
              a.lang = said.lang = lang;
              kind.append(" · ", make("span", "kb-untranslated", say.foreign));
            }
            return make("li", `kb-card kb-${type}`, kind, make("p", "kb-card-title", a), make("p", "kb-card-facts", facts), ...(lead ? [said] : []));
          };
          return { keys: new Set(keys), words: fold([title, facts, lead, ...labels].join(" ")), newest, title, place: byKey.get(place(keys))?.words || "\uffff", card };
        });
      };
      form.elements.text.oninput = form.elements.sort.onchange = () => {
        const { text, sort } = form.elements;
        history.replaceState(null, "", address({ ...asked(), text: text.value, sort: sort.value }));
        draw();
      };
      form.onsubmit = (event) => event.preventDefault();
      return {
        async items() {
          form.hidden = false;
          if (later() && !all) return Object.assign([], { later: true });
          all ??= load();
          try {
            const items = await all;
            items.whole = true;
            return items;
          } catch {
            all = undefined;
            root.classList.remove("kb-live");
            one(".kb-found-head").hidden = false;
            status.textContent = say.lost;
            return undefined;
          }
        },
        show(found, state) {
          const order = new Intl.Collator(root.lang).compare;
          const by = { place: (a, b) => order(a.place, b.place), title: (a, b) => order(a.title, b.title) }[state.sort];
          cards = by ? [...found].sort((a, b) => by(a, b) || a.newest - b.newest) : [...found];
          list.replaceChildren();
          next();
          if (document.activeElement !== form.elements.text) form.elements.text.value = state.text;
          form.elements.sort.value = state.sort;
        },
      };
    }

    /** The rows of this page, or, when it does not hold all, those of the static page of the narrowest choice. */
    function tracker() {
      const own = one("[data-kb-part]");
      const pages = one(".kb-pages");
      let parts = [own];
      const fetched = async (page) => {
        const there = new DOMParser().parseFromString(await (await fetch(page)).text(), "text/html");
        const part = there.querySelector("[data-kb-part]");
        for (const a of part.querySelectorAll("a[href]")) a.href = new URL(a.getAttribute("href"), page).href;
        return [part, there.querySelectorAll(".kb-pages a")];
      };
      const narrowest = async (keys) => {
        const [link] = [...keys].map((key) => byKey.get(key)).sort((a, b) => a.n.textContent - b.n.textContent);
        const [first, every] = await fetched(link.page);
        const others = link.page.includes("#") ? [] : every; // a meeting is whole in one part of all agreements
        const rest = [...others].slice(1, MOST).map((a) => fetched(new URL(a.getAttribute("href"), link.page).href));
        const found = [first, ...(await Promise.all(rest)).map(([part]) => part)];
        found.cut = others.length > MOST;
        return found;
      };
      return {
        async items({ keys }) {
          const next = pages && keys.size ? await narrowest(keys).catch(() => location.assign(byKey.get([...keys].at(-1)).page)) : [own];
          if (!next) return undefined;
          if (next[0] !== parts[0]) {
            for (const part of parts.slice(1)) part.remove();
            parts[0].replaceWith(...next);
            parts = next;
          }
          if (pages) pages.hidden = keys.size > 0;
          const items = parts.flatMap((part) => [...part.querySelectorAll("[data-keys]")]).map((row) => ({ id: row.id, keys: new Set(row.dataset.keys.split(" ")), words: "" }));
          return Object.assign(items, { whole: !pages, cut: next.cut });
        },
        show(found) {
          const ids = new Set(found.map((item) => item.id));
          for (const part of parts) {
            for (const row of part.querySelectorAll("[data-keys], [data-for]")) row.hidden = !ids.has(row.dataset.for || row.id);
            for (const group of part.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-keys]:not([hidden]), [data-for]:not([hidden])");
            part.hidden = !part.querySelector("[data-keys]:not([hidden])");
          }
        },
      };
    }

    box.addEventListener("click", (event) => {
      const a = event.target.closest("[data-facet] a, .kb-found-head a, .kb-found-nothing a");
      if (!a || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const to = new URL(a.href);
      if (to.pathname !== location.pathname || to.searchParams.has("q")) return;
      event.preventDefault();
      history.pushState(null, "", to);
      draw().then(() => a.isConnected || status.focus());
    });
    addEventListener("popstate", draw);
    draw();
  });
})();
