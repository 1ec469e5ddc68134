"""How a record is cited: who wrote it, when, what it is called; one place for the page and for reference managers.

And in which language what it cites is called.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.base.text import Lang, Text
from generator.library.graph import Library
from generator.model.entry import Entry
from generator.model.kinds import PartialDate
from generator.model.record import Record
from generator.pages.addresses import record_address
from generator.pages.page import relative
from generator.pages.wording import cited_day

REFERENCES = Text("referencias", "references")
"""The files with every record's reference, without their endings, from each language's root."""


@dataclass(frozen=True, slots=True)
class Citation:
    """`path` is the record's address in its language's site; `authors` are organisations and teams, never people."""

    id: str
    path: str
    title: str
    authors: tuple[str, ...]
    when: PartialDate
    language: Lang
    """That of the record as it reads there: its own, where it was not translated."""


def citation(library: Library, original: Entry, lang: Lang) -> Citation:
    """As the record reads in a language; its date is that of the last change of substance."""
    record = library.shown(original, lang)
    authors = tuple(_authors(library, record, lang))
    when = record.updated or record.created
    return Citation(record.id, record_address(record, lang), record.title, authors, when, record.origin.shown_in)


def title_language(library: Library, record: Record, n: int) -> str:
    """In which language the title of a record's source stands, counted from 0: what a translator left as it was is in
    the original's, unless the source says another.
    """
    original = library.records[record.id]
    source = original.sources[n]
    is_translated = record.sources[n].title != source.title
    return record.origin.shown_in if is_translated else source.language or original.origin.shown_in


def staged(cited: Citation, lang: Lang) -> dict[str, object]:
    """What the theme needs to write it out: the site's name and address are the configuration's."""
    return {
        "authors": list(cited.authors),
        "day": cited_day(cited.when, lang),
        "date": cited.when.text.replace("-", "/"),
        "files": relative(cited.path, REFERENCES.to(lang)),
    }


def _authors(library: Library, record: Entry, lang: Lang) -> Iterator[str]:
    for author in record.authors:
        known = library.called(author.organization)
        name = library.shown(known, lang).heading if known else author.name
        if name:
            yield name
