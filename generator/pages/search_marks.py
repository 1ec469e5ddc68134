"""What the search index is told of a record beside its words: its type, its facets, when and where it was."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.model.record import Record
from generator.pages.facets import FACETS, SEARCHED
from generator.pages.view import View
from generator.records.case import Case
from generator.records.minutes import Minutes

_MARK = Markup('<span hidden data-pagefind-{}="{}[data-is]" data-is="{}"></span>')


def search_marks(view: View, record: Record) -> Markup:
    """Hidden elements for Pagefind. They are staged beside the page, which does not pay for them."""
    told = (("filter", _filters(view, record)), ("meta", _metas(view, record)))
    return Markup("").join(_MARK.format(what, name, words) for what, facts in told for name, words in facts)


def _filters(view: View, record: Record) -> Iterator[tuple[str, str]]:
    yield "type", view.word(record.kind.label)
    for facet in FACETS:
        if facet.name in SEARCHED:
            for value in facet.of(record, view.library):
                yield facet.name, facet.words(value, view.lang, view.library)


def _metas(view: View, record: Record) -> Iterator[tuple[str, str]]:
    yield "type", view.word(record.kind.label)
    if isinstance(record, Case | Minutes):
        yield "date", view.day(record.period.start if isinstance(record, Case) else record.start)
    if place := view.place(record):
        yield "place", place
    if record.also_called:
        yield "also", ", ".join(record.also_called)
