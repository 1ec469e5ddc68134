"""A record's text as HTML: links as addresses, citations that jump to a source, terms that show their definition."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from generator.base.text import Lang, Span
from generator.library.graph import Library
from generator.model.record import Record
from generator.pages.addresses import record_address, resolver
from generator.pages.page import relative
from generator.reading.markdown import Body, Edit, relink
from generator.records.term import Term


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a language by the words that name them, in lower case, and one pattern that finds any of them."""

    terms: Mapping[str, tuple[str, Term]]
    pattern: re.Pattern[str]

    def find(self, text: str) -> Iterator[tuple[Span, Term]]:
        """Each term in a text, as whole words: a name in any case, an acronym as it is written."""
        lower = text.lower()
        if len(lower) != len(text):
            return  # a letter whose small form is longer: places would not match
        for found in self.pattern.finditer(lower):
            start, end = found.span()
            name, term = self.terms[found[0]]
            is_word = start == 0 or not (lower[start - 1].isalnum() or lower[start - 1] == "_")
            if is_word and (not name.isupper() or text[start:end] == name):
                yield Span(start, end), term


def glossary(library: Library, lang: Lang) -> Glossary:
    terms: dict[str, tuple[str, Term]] = {}
    for original in library.of(Term):
        term = library.shown(original, lang)
        for name in (term.term, *term.also_known_as):
            terms.setdefault(name.lower(), (name, term))
    longest_first = sorted(terms, key=len, reverse=True)
    # Without a look-behind, so that the search skips from one possible first letter to the next.
    names = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    return Glossary(terms, re.compile(rf"(?:{names})(?!\w)"))


def render_body(library: Library, record: Record, lang: Lang, here: str, words: Glossary) -> str:
    """The body's HTML as it stands on the page with the address `here`."""
    body = record.body
    edits = [
        *relink(body.links, resolver(library, record, lang, here)),
        *_citations(body, len(record.sources)),
        *_terms(body, words, lang, here),
    ]
    return body.html(edits)


def _citations(body: Body, count: int) -> Iterator[Edit]:
    for span, numbers in body.citations:
        if all(1 <= number <= count for number in numbers):
            links = ", ".join(f'<a href="#fuente_{number}">{number}</a>' for number in numbers)
            yield Edit(span, f"<sup>{links}</sup>")


def _terms(body: Body, words: Glossary, lang: Lang, here: str) -> Iterator[Edit]:
    """The first use of each term in running text."""
    seen: set[str] = set()
    text = body.text
    for span, term in words.find(text):
        if term.id in seen or not body.is_prose(span.start):
            continue
        seen.add(term.id)
        address = relative(here, record_address(term, lang))
        definition = escape(term.definition, quote=True)
        used = text[span.start : span.end]
        yield Edit(span, f'<a class="kb-term" href="{address}" data-definition="{definition}">{used}</a>')
