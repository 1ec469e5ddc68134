"""A record's text as HTML: links as addresses, citations that jump to a source, terms that show their definition."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import count

from generator.base.text import Edit, Lang, Span
from generator.library.graph import Library
from generator.model.record import Record
from generator.pages.addresses import record_address, resolver
from generator.pages.page import relative
from generator.reading.markdown import Body, relink
from generator.records.organization import Organization
from generator.records.term import Term

# A code such as 595-2021-ANA/AAA.CO is one word, with all that its signs join.
_BEGUN_BEFORE = re.compile(r"(?:\w|\w[-/.])$")
_GOES_ON = re.compile(r"[-/.]\w")


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a language by the words that name them, in lower case, and one pattern that finds any of them.

    An organisation's name is found too, and is no term: what stands inside it is not the term of that name.
    """

    terms: Mapping[str, tuple[str, Term | None]]
    pattern: re.Pattern[str]

    def find(self, text: str) -> Iterator[tuple[Span, Term]]:
        """Each term in a text, as whole words: a name in any case, an acronym as it is written."""
        lower = text.lower()
        if len(lower) != len(text):
            return  # a letter whose small form is longer: places would not match
        for found in self.pattern.finditer(lower):
            start, end = found.span()
            name, term = self.terms[found[0].replace("\n", " ")]
            parted = not _BEGUN_BEFORE.search(lower[max(start - 2, 0) : start]) and not _GOES_ON.match(lower, end)
            if term and parted and (not name.isupper() or text[start:end].replace("\n", " ") == name):
                yield Span(start, end), term


def glossary(library: Library, lang: Lang) -> Glossary:
    terms: dict[str, tuple[str, Term | None]] = {}
    for original in library.of(Term):
        term = library.shown(original, lang)
        for name in (term.term, *term.also_known_as):
            terms.setdefault(name.lower(), (name, term))
    for organization in library.of(Organization):
        name = library.shown(organization, lang).name
        terms.setdefault(name.lower(), (name, None))
    longest_first = sorted(terms, key=len, reverse=True)
    # Without a look-behind, so that the search skips from one possible first letter to the next.
    names = "|".join(re.escape(name).replace(r"\ ", r"[ \n]") for name in longest_first) or r"(?!)"
    return Glossary(terms, re.compile(rf"(?:{names})(?!\w)"))


def render_body(library: Library, record: Record, lang: Lang, here: str, words: Glossary) -> str:
    """The body's HTML as it stands on the page with the address `here`."""
    body = record.body
    edits = [
        *relink(body.links, resolver(library, record, lang, here)),
        *_citations(body, len(record.sources)),
        *_terms(record, words, lang, here),
    ]
    return _scrolled(body.html(edits), record.origin.shown_in)


def _scrolled(html: str, lang: Lang) -> str:
    """Each table in a box that moves sideways, by keyboard too."""
    number = count(1)
    name = "Tabla" if lang == "es" else "Table"
    html = html.replace("</table>", "</table></div>")
    return re.sub(
        "<table>",
        lambda _: f'<div class="kb-scroll" tabindex="0" role="region" aria-label="{name} {next(number)}"><table>',
        html,
    )


def _citations(body: Body, known: int) -> Iterator[Edit]:
    for span, numbers in body.citations:
        if all(1 <= number <= known for number in numbers):
            links = ", ".join(f'<a href="#fuente_{number}">{number}</a>' for number in numbers)
            yield Edit(span, f"<sup>{links}</sup>")


def _terms(record: Record, words: Glossary, lang: Lang, here: str) -> Iterator[Edit]:
    """The first use of each term in running text, with the language of its definition if it is not the text's."""
    seen: set[str] = set()
    body, text = record.body, record.body.text
    for span, term in words.find(text):
        if term.id in seen or not body.is_prose(span.start):
            continue
        seen.add(term.id)
        address = relative(here, record_address(term, lang))
        definition = escape(term.definition, quote=True)
        used, shown_in = text[span.start : span.end], term.origin.shown_in
        marked = f' lang="{shown_in}"' if shown_in != record.origin.shown_in else ""
        yield Edit(span, f'<a href="{address}" data-definition="{definition}"{marked}>{used}</a>')
