// The search below its field: asks Pagefind's index of this language, and of the other when the reader wants it.
// By the address that this one came by: browsers remember that a module could not be fetched.
const { british, covers, missing, nearest, telling } = await import(`./kb-words.js${new URL(import.meta.url).search}`);

const ES = {
  label: "Resultados de la búsqueda", close: "Cerrar", searching: "Buscando…", more: "Mostrar más", clear: "Quitar filtros",
  filter: "Filtrar", drop: (value) => `Quitar el filtro ${value}`,
  found: (n, term) => (n === 1 ? "1 resultado" : `${n} resultados`) + (term ? ` para «${term}»` : ""),
  none: (term) => `Ninguna ficha coincide con «${term}».`, noneFiltered: "Ninguna ficha coincide con esos filtros.",
  advice: "Pruebe con otra palabra o con menos palabras; no hacen falta tildes. También puede entrar por una lista:",
  other: "Buscar también en inglés", otherOff: "Ocultar los resultados en inglés", otherTitle: "En inglés", otherNone: "Tampoco hay resultados en inglés.",
  broken: "La búsqueda no se pudo cargar: quizá no hay conexión. Puede entrar por una lista:",
  slash: "La tecla / abre la búsqueda", within: "En esa página:", glossary: "Glosario", words: "palabras.json",
  instead: (word, meant) => `Ninguna ficha dice «${word}»: se buscó «${meant}».`, without: (word) => `Ninguna ficha dice «${word}»: se buscó sin esa palabra.`,
  apart: (word) => `Ninguna ficha reúne todas esas palabras: se buscó sin «${word}».`,
  facets: { type: "Tipo", topic: "Tema", place: "Lugar", sector: "Sector", year: "Año" },
};
const EN = {
  label: "Search results", close: "Close", searching: "Searching…", more: "Show more", clear: "Clear filters",
  filter: "Filter", drop: (value) => `Remove the filter ${value}`,
  found: (n, term) => (n === 1 ? "1 result" : `${n} results`) + (term ? ` for “${term}”` : ""),
  none: (term) => `No record matches “${term}”.`, noneFiltered: "No record matches those filters.",
  advice: "Try another word or fewer words; accents are not needed. You can also start from a list:",
  other: "Search in Spanish too", otherOff: "Hide the results in Spanish", otherTitle: "In Spanish", otherNone: "There are no results in Spanish either.",
  broken: "The search could not be loaded: there may be no connection. You can start from a list:",
  slash: "The / key opens the search", within: "On that page:", glossary: "Glossary", words: "words.json",
  instead: (word, meant) => `No record says “${word}”: searched for “${meant}” instead.`, without: (word) => `No record says “${word}”: searched without it.`,
  apart: (word) => `No record has all those words: searched without “${word}”.`,
  facets: { type: "Type", topic: "Topic", place: "Place", sector: "Sector", year: "Year" },
};
const KINDS = {
  Caso: "case", Case: "case", "Buena práctica": "practice", "Good practice": "practice", Acta: "minutes", Minutes: "minutes",
  Organización: "organization", Organisation: "organization", Acuerdos: "agreement", Agreements: "agreement",
};
// Short pages (organisations) would come first otherwise, whatever is asked.
const RANKING = { pageLength: 0.2, termFrequency: 0.6, metaWeights: { title: 5, also: 12, type: 0.1, place: 0.1, date: 0.1 } };
const SHOWN = 5;
const SHORTEST = 2;
const root = document.documentElement;
const [here, there] = root.lang === "es" ? ["es", "en"] : ["en", "es"];
const say = here === "es" ? ES : EN;
const box = document.getElementById("kb-search");
const form = box.querySelector("form");
const input = form.elements.q;
const phoneButton = box.querySelector("[data-kb-search-open]");
const narrow = matchMedia("(max-width: 47.99rem)");

const make = (tag, { text, on, ...attributes } = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  if (text !== undefined) made.textContent = text;
  for (const [event, act] of Object.entries(on || {})) made.addEventListener(event, act);
  made.append(...children.filter(Boolean));
  return made;
};
const button = (text, act, attributes = {}) => make("button", { type: "button", text, on: { click: act }, ...attributes });

// What the reader asks for
const chosen = new Map(Object.keys(say.facets).map((name) => [name, new Set()]));
let shown = SHOWN;
let both = false;
let from = null;
let ticket = 0;
let latest = Promise.resolve();
let lastTerm = "";

const isFiltered = () => [...chosen.values()].some((values) => values.size);
const asked = (but) => {
  const filters = {};
  for (const [name, values] of chosen) if (values.size && name !== but) filters[name] = { any: [...values] };
  return filters;
};

// Pagefind
const engines = {};
let failures = 0;
// English lives below Spanish.
const away = here === "es" ? { index: "..", other: "../en" } : { index: "../en", other: ".." };
const bundle = (which) => new URL(`${away[which]}/pagefind/`, import.meta.url).href;
async function start(which) {
  // Each language its own module: instances of one module share the stemmer of the language that came first.
  // Browsers remember that a module could not be fetched: it is asked for by another address the next time.
  const pagefind = await import(`${bundle(which)}pagefind.js${failures ? `?${failures}` : ""}`);
  // Without the worker: 12 KB less to fetch, and no five seconds of waiting where it cannot start.
  const engine = pagefind.createInstance({ basePath: bundle(which), noWorker: true, excerptLength: 26, ranking: RANKING });
  await engine.init();
  // A site of thousands of records has its index in several bundles.
  const others = await (await fetch(`${bundle(which)}bundles.json`)).json();
  await Promise.all(others.map((name) => engine.mergeIndex(`${bundle(which)}${name}/`)));
  await engine.filters();
  return engine;
}
const tongues = { index: here, other: there };
const engineOf = (which) => (engines[which] ??= start(which).catch((error) => { delete engines[which]; failures += 1; throw error; }));

// The panel
const count = make("h2", { class: "kb-panel-count", tabindex: "-1" });
const live = make("p", { class: "kb-hidden", role: "status" });
const chips = make("ul", { class: "kb-panel-chips" });
const facets = make("div", { class: "kb-panel-facets" });
const filters = make("details", { class: "kb-panel-filters" }, make("summary", { text: say.filter }), facets);
const note = make("div", { class: "kb-panel-note" });
const hits = make("ol", { class: "kb-hits" });
const more = button(say.more, showMore, { class: "kb-button kb-quiet" });
const nothing = make("div", { class: "kb-panel-nothing" });
const otherButton = button(say.other, toggleOther, { class: "kb-button kb-quiet", "aria-pressed": "false" });
const otherCount = make("h2", { class: "kb-panel-count" });
const otherHits = make("ol", { class: "kb-hits", lang: there });
const otherPart = make("section", { class: "kb-panel-other", hidden: true }, otherCount, otherHits);
const slash = make("input", { type: "checkbox", on: { change: keepSlash } });
const panel = make("div", { class: "kb-panel", id: "kb-results", role: "region", "aria-label": say.label, hidden: true },
  make("div", { class: "kb-panel-head" }, count, button(say.close, () => close(true), { class: "kb-button kb-quiet" })),
  chips, filters,
  make("div", { class: "kb-panel-found" }, note, hits, nothing, more, otherButton, otherPart),
  make("label", { class: "kb-panel-slash" }, slash, say.slash));
box.append(live, panel);
input.setAttribute("aria-controls", panel.id);
readSlash();

function readSlash() {
  try { slash.checked = !localStorage.getItem("kb-slash"); } catch { slash.disabled = true; }
}

function keepSlash() {
  slash.checked ? localStorage.removeItem("kb-slash") : localStorage.setItem("kb-slash", "off");
}

export function opened(previous) {
  if (previous && !box.contains(previous)) from = previous;
  phoneButton.setAttribute("aria-expanded", "true");
  update();
}

/** After Enter: waits for the results and moves there. */
export async function go() {
  await update();
  if (panel.hidden) return;
  (hits.querySelector("a") || count).focus();
}

export function close(back) {
  ticket += 1;
  const inside = box.contains(document.activeElement);
  panel.hidden = true;
  root.classList.remove("kb-searching", "kb-results");
  phoneButton.setAttribute("aria-expanded", "false");
  live.textContent = "";
  if (back && inside) {
    const target = from?.isConnected && from !== document.body ? from : narrow.matches ? phoneButton : input;
    target.focus({ preventScroll: true });
    if (from === document.body) input.blur();
  }
  from = null;
}

function show() {
  if (!panel.hidden) return;
  filters.open = !narrow.matches;
  panel.hidden = false;
  root.classList.add("kb-searching", "kb-results");
}

function update() {
  latest = run(input.value.trim());
  return latest;
}

async function run(term) {
  const mine = ++ticket;
  if (term.length < SHORTEST && !isFiltered()) {
    panel.hidden = true;
    root.classList.remove("kb-results");
    live.textContent = "";
    return;
  }
  if (panel.hidden) count.textContent = say.searching;
  show();
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await answerOf("index", term, asked());
    const [counts, main, other] = await Promise.all([countsOf(answer), dataOf(answer.found), both ? foundElsewhere(term) : null]);
    if (mine !== ticket) return;
    draw(term, answer, counts, main);
    if (other) drawOther(...other);
  } catch (error) {
    if (mine !== ticket) return;
    console.warn(error);
    drawBroken();
  } finally {
    if (mine === ticket) panel.removeAttribute("aria-busy");
  }
}

const dataOf = (found, most = shown) => Promise.all(found.results.slice(0, most).map((result) => result.data()));

/** What an index has for some words, and in English for them as the records spell them. */
async function search(which, words, filters) {
  const engine = await engineOf(which);
  const typed = words && words.join(" ");
  const found = await engine.search(typed, { filters });
  const ours = words && tongues[which] === "en" && !typed.includes('"') ? british(typed) : typed;
  if (!words || ours === typed.toLowerCase()) return found;
  const [other, two] = await Promise.all([ours, `${typed} ${ours}`].map((one) => engine.search(one, { filters })));
  const holds = async ({ results }, asked) => results.length && !missing(asked.split(" "), [await results[0].data()]).length;
  if (!await holds(found, typed)) return other;
  if (!await holds(other, ours)) return found;
  const better = [...found.results, ...other.results].sort((a, b) => b.score - a.score);
  for (const [name, values] of Object.entries(found.filters)) {
    for (const value of Object.keys(values)) values[value] += other.filters[name][value] - two.filters[name][value];
  }
  return { results: better.filter(({ id }, place) => better.findIndex((one) => one.id === id) === place), filters: found.filters };
}

let known;
const wordsOf = () => (known ??= fetch(new URL(`${away.index}/${say.words}`, import.meta.url)).then((it) => it.json()).catch(() => { known = undefined; return []; }));

/**
 * What answers a question, for which of its words, and what is to be said of the others: a word that no record holds
 * gives way to the nearest that one does, and else is left out; so is the one that keeps the others from being found.
 */
async function answerOf(which, term, filters) {
  if (!term || term.includes('"')) return { found: await search(which, term ? [term] : null, filters), words: term ? [term] : null, notes: [] };
  const words = telling(term);
  const found = await search(which, words, filters);
  const lost = found.results.length ? missing(words, await dataOf(found)) : await unknown(which, words);
  if (lost.length) return instead(which, words, lost, filters);
  const apart = !found.results.length && words.length > 1 && words.length < 8 ? await bestWithoutOne(which, words, filters) : null;
  return apart || { found: which === "index" && !isFiltered() ? await termFirst(words, found) : found, words, notes: [] };
}

/** Those of some words that nothing is found for, asked one by one. */
async function unknown(which, words) {
  const alone = await Promise.all(words.map(async (word) => missing([word], await dataOf(await search(which, [word], {}), 1))));
  return alone.flat();
}

async function instead(which, words, lost, filters) {
  const known = which === "index" ? await wordsOf() : [];
  const meant = new Map(lost.map((word) => [word, nearest(word, known)]));
  const rest = words.map((word) => (meant.has(word) ? meant.get(word) : word)).filter(Boolean);
  if (!rest.length) return { found: { results: [], filters: {} }, words, notes: [] };
  const notes = lost.filter((word) => meant.get(word) !== word).map((word) => (meant.get(word) ? say.instead(word, meant.get(word)) : say.without(word)));
  return { found: await search(which, rest, filters), words: rest, notes, fewer: rest.length < words.length };
}

async function bestWithoutOne(which, words, filters) {
  const tries = await Promise.all(words.map(async (word) => {
    const rest = words.filter((other) => other !== word);
    return { found: await search(which, rest, filters), words: rest, notes: [say.apart(word)], fewer: true };
  }));
  const [best] = tries.sort((a, b) => b.found.results.length - a.found.results.length);
  return best.found.results.length ? best : null;
}

/** The definition of what was asked for comes first: it is a part of the glossary's page. */
async function termFirst(words, found) {
  const [glossary] = (await search("index", words, { type: { any: [say.glossary] } })).results;
  if (!glossary) return found;
  const data = await glossary.data();
  const fit = data.sub_results.map((part) => ({ part, fit: Math.max(...namesOf(data, part).map((name) => covers(words, name))) }));
  const [best] = fit.sort((a, b) => b.fit - a.fit);
  if (best.fit < 0.5) return found;
  const first = { ...glossary, data: async () => ({ ...data, term: best.part }) };
  return { ...found, results: [first, ...found.results.filter(({ id }) => id !== glossary.id)] };
}

/** What a term of the glossary is called, and also called: that stands in the first sentence below it. */
function namesOf(data, { title, anchor }) {
  if (!anchor) return [];
  const below = data.raw_content.split(/\s+/).slice(anchor.location + title.split(/\s+/).length).join(" ");
  const also = /^(?:También|Also): (.*?)\. /.exec(below);
  return [title, ...(also ? also[1].split(", ") : [])];
}

/** In a facet with a choice, values count as if that choice were not made: they can be added to it. */
async function countsOf({ found, words }) {
  const counts = {};
  for (const [name, values] of chosen) {
    const source = values.size ? await search("index", words, asked(name)) : found;
    counts[name] = source.filters[name] || {};
  }
  return counts;
}

async function foundElsewhere(term) {
  // Other filters have other words there; years are the same.
  const years = chosen.get("year");
  const { found } = await answerOf("other", term, years.size ? { year: { any: [...years] } } : {});
  return [found, await dataOf(found)];
}

function draw(term, { found, words: searched, notes, fewer }, counts, data) {
  const total = found.results.length;
  if (term !== lastTerm) panel.scrollTop = 0;
  lastTerm = term;
  const words = total ? say.found(total, notes.length ? searched.join(" ") : term) : isFiltered() ? say.noneFiltered : say.none(term);
  count.textContent = words;
  announce([...notes, words].join(" "));
  note.replaceChildren(...notes.map((text) => make("p", { text })));
  drawFacets(counts);
  drawChips();
  hits.replaceChildren(...data.map(hit));
  more.hidden = total <= shown;
  filters.hidden = !total && !isFiltered();
  drawNothing(total ? "" : say.advice);
  // What lacks words may be a question in the other language: its offer comes before what was found.
  (fewer || !total ? note : more).after(otherButton, otherPart);
  otherButton.hidden = false;
  otherButton.textContent = both ? say.otherOff : say.other;
  otherButton.setAttribute("aria-pressed", both);
  otherPart.hidden = !both;
}

function drawOther(found, data) {
  const total = found.results.length;
  otherCount.textContent = total ? `${say.otherTitle}: ${say.found(total, "")}` : say.otherNone;
  otherHits.replaceChildren(...data.map(hit));
}

function drawBroken() {
  count.textContent = "";
  announce(say.broken);
  drawNothing(say.broken);
  note.replaceChildren();
  hits.replaceChildren();
  more.hidden = otherButton.hidden = otherPart.hidden = filters.hidden = true;
}

function drawNothing(words) {
  nothing.hidden = !words;
  nothing.replaceChildren();
  if (!words) return;
  const lists = [...document.querySelectorAll("#kb-nav > ul > li > a")].map((link) => make("li", {}, make("a", { href: link.href, text: link.textContent })));
  nothing.append(make("p", { text: words }), make("ul", { class: "kb-chips" }, ...lists));
}

// Said once the reader pauses, not at each letter
let pause;
function announce(words) {
  clearTimeout(pause);
  pause = setTimeout(() => { live.textContent = panel.hidden ? "" : words; }, 500);
}

function hit(data) {
  const { type, place, date, title } = data.meta;
  const { url, excerpt } = data.term || data;
  const told = [place, date].filter(Boolean).join(" · ");
  const parts = data.sub_results.filter((part) => part.url.includes("#") && part.title !== title && part !== data.term)
    .map((part) => ({ ...part, score: part.weighted_locations.reduce((sum, one) => sum + one.balanced_score, 0) }))
    .sort((a, b) => b.score - a.score).slice(0, 3);
  return make("li", { class: `kb-hit ${KINDS[type] ? `kb-${KINDS[type]}` : "kb-hit-other"}` },
    make("p", { class: "kb-hit-facts" }, type && make("span", { class: "kb-card-type", text: type }), told && make("span", { text: told })),
    make("a", { class: "kb-hit-title", href: url, text: data.term ? data.term.title : title }),
    make("p", { class: "kb-hit-excerpt" }, ...marked(whole(excerpt))),
    parts.length && make("p", { class: "kb-hit-parts" }, make("span", { lang: here, text: say.within }), " ", ...parts.map((part) => make("a", { href: part.url, text: part.title }))));
}

/** Words out of a sentence: dots say that it goes on. */
const whole = (excerpt) => excerpt.replace(/^(?=[a-zà-ÿ])/, "…") + (/[.!?…](<\/mark>)?$/.test(excerpt) ? "" : "…");

/** Pagefind's excerpt is escaped text with <mark>: made into nodes, never parsed as HTML. */
function marked(excerpt) {
  return excerpt.split(/<mark>(.*?)<\/mark>/s).map((piece, place) => {
    const text = piece.replace(/&(lt|gt|quot|#39|amp);/g, (_, name) => ({ lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" })[name]);
    return place % 2 ? make("mark", { text }) : text;
  });
}

/** Rows are kept where they are while filters change, so that focus and reading place stay. */
const rows = new Map();
function drawFacets(counts) {
  for (const [name, label] of Object.entries(say.facets)) {
    const values = counts[name];
    let group = rows.get(name);
    if (!group) {
      group = { list: make("div", { class: "kb-facet-values" }), of: new Map() };
      group.set = make("fieldset", { class: "kb-facet" }, make("legend", { text: label }), group.list);
      facets.append(group.set);
      rows.set(name, group);
    }
    for (const value of [...Object.keys(values), ...chosen.get(name)]) if (!group.of.has(value)) group.of.set(value, facetRow(name, value));
    for (const [value, row] of group.of) {
      row.n = values[value] || 0;
      row.number.textContent = row.n;
      row.check.checked = chosen.get(name).has(value);
      row.line.hidden = !row.n && !row.check.checked;
    }
    group.set.hidden = ![...group.of.values()].some((row) => !row.line.hidden);
    if (!group.set.contains(document.activeElement)) {
      const byNumber = ([a, one], [b, two]) => (name === "year" ? b.localeCompare(a) : two.n - one.n || a.localeCompare(b, here));
      group.list.append(...[...group.of].sort(byNumber).map(([, row]) => row.line));
    }
  }
}

function facetRow(name, value) {
  const check = make("input", { type: "checkbox", on: { change: () => choose(name, value, check.checked) } });
  const number = make("span", { class: "kb-n" });
  return { check, number, line: make("label", { class: "kb-facet-value" }, check, make("span", { text: value }), number), n: 0 };
}

function drawChips() {
  const each = [...chosen].flatMap(([name, values]) => [...values].map((value) =>
    make("li", {}, button(value, () => { choose(name, value, false); count.focus(); }, { class: "kb-chip", "aria-label": say.drop(value) }))));
  if (each.length) each.push(make("li", {}, button(say.clear, clearFilters, { class: "kb-chip kb-chip-clear" })));
  chips.replaceChildren(...each);
  filters.firstChild.textContent = each.length ? `${say.filter} (${each.length - 1})` : say.filter;
}

function choose(name, value, wanted) {
  wanted ? chosen.get(name).add(value) : chosen.get(name).delete(value);
  shown = SHOWN;
  update();
}

function clearFilters() {
  for (const values of chosen.values()) values.clear();
  shown = SHOWN;
  update();
  input.focus({ preventScroll: true });
}

async function showMore() {
  const next = hits.children.length;
  shown += SHOWN;
  await update();
  hits.children[next]?.querySelector("a").focus();
}

async function toggleOther() {
  both = !both;
  await update();
  if (both) otherPart.scrollIntoView({ block: "nearest" });
}

// Keys, and leaving
let typing;
input.addEventListener("input", () => {
  clearTimeout(typing);
  shown = SHOWN;
  engineOf("index").catch(() => {});
  typing = setTimeout(update, 180);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && root.classList.contains("kb-searching")) {
    event.preventDefault();
    close(true);
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = [...panel.querySelectorAll(".kb-hits a")].filter((link) => link.offsetParent);
  const place = links.indexOf(document.activeElement);
  if (panel.hidden || (place < 0 && event.target !== input)) return;
  const next = event.key === "ArrowDown" ? links[place + 1] : place > 0 ? links[place - 1] : input;
  if (!next || (place < 0 && event.key === "ArrowUp")) return;
  event.preventDefault();
  next.focus();
});
box.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !box.contains(event.relatedTarget)) close(false);
});
document.addEventListener("pointerdown", (event) => {
  if (!panel.hidden && !box.contains(event.target)) close(false);
});
if (document.activeElement === input) update();
