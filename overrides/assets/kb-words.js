// What a reader types and what the index holds: words that tell nothing, spellings, words not found, and the nearest known.
// Every record has these words, or they only make a question of the others: asking for them costs and tells nothing.
const IDLE = new Set(("de la el los las lo en y e o u a al del con por para un una que se su sus sobre como cual cuales cuanto cuanta cuando donde quien quienes es son fue hay "
  + "the of and in to an for on by with at from about how what which who when where why is are was were do does did").split(" "));
// American endings as the records spell them. Names keep theirs: both are asked for.
const BRITISH = [
  [/(\w{3}i|analy|paraly)z(?=e|ing|ation)/g, "$1s"], [/\b(lab|neighb|harb|fav|hon|behavi|col|endeav)or(?!at)/g, "$1our"], [/\bprogram(?=s?\b)/g, "programme"],
  [/\b(cent|lit|met|fib|theat)er(?=s?\b)/g, "$1re"], [/\b(off|def|lic|pret)ense/g, "$1ence"], [/\b(fue|labe|mode|trave|cance|counse|signa|channe)l(?=ed|ing|or)/g, "$1ll"],
  [/\bsulf/g, "sulph"], [/\baluminum\b/g, "aluminium"], [/\bgray\b/g, "grey"],
];

/** Without accents and capitals. */
export const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const split = (words) => fold(words).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** The words of a question that tell something: all of them where none does. */
export const telling = (term) => {
  const all = term.split(/\s+/).filter(Boolean);
  const some = all.filter((word) => !IDLE.has(fold(word).replace(/[^\p{L}\p{N}]/gu, "")));
  return some.length ? some : all;
};

export const british = (words) => BRITISH.reduce((text, [american, ours]) => text.replace(american, ours), words.toLowerCase());

const shared = (one, other) => {
  let n = 0;
  while (n < one.length && one[n] === other[n]) n += 1;
  return n;
};

/** Where the index lacks a word, Pagefind finds what begins it: «que» for «quelaveco». That is no answer. */
const answers = (asked, found) => {
  const n = shared(asked, found);
  return n === asked.length || n > 3 || (n === 3 && asked.length - n < 4);
};

/** Those of some words that none of the pages found holds, told by the places in the pages' text that Pagefind marked. */
export function missing(words, pages) {
  const marked = split(pages.flatMap(({ raw_content: text, locations, meta }) => {
    const all = text.split(/\s+/);
    return [...locations.map((place) => all[place]), ...Object.values(meta)];
  }).join(" "));
  const holds = (part) => [part, british(part)].some((one) => marked.some((found) => answers(one, found)));
  return words.filter((word) => !split(word).every(holds));
}

/** How much of a name some words say, from its beginning: 1 is all of it, 0 that they say something else. */
export function covers(words, name) {
  const [asked, called] = [words, telling(name)].map((some) => split(some.join(" ")));
  const says = (one, other) => shared(one, other) === one.length || shared(one, other) > 3;
  const all = says(asked[0], called[0]) && asked.every((one) => called.some((other) => says(one, other)));
  return all ? asked.length / called.length + (asked.join() === called.join()) : 0;
}

/** Letters to change, leave out, add or exchange with the next, from one word to another; counted up to three. */
function distance(one, other) {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let [before, last] = [[], [...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return Math.min(last[other.length], 3);
}

/** The known word that a mistyped one is nearest to, if any is near: it begins alike and is one letter off, two in a long word. */
export function nearest(word, known) {
  const asked = fold(word);
  const most = asked.length > 7 ? 2 : 1;
  let [best, least] = [undefined, most + 1];
  for (const one of asked.length > 3 ? known : []) {
    const name = fold(one);
    const far = name[0] === asked[0] ? distance(asked, name) : 3;
    if (far < least) [best, least] = [one, far];
  }
  return best;
}
