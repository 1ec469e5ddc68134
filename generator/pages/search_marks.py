"""What the search index is told of a record beside its words: its type, its facets, when and where it was."""

from collections.abc import Iterator

from markupsafe import Markup

from generator.model.record import Record
from generator.pages.facets import FACETS, SEARCHED
from generator.pages.view import View
from generator.records.case import Case
from generator.records.minutes import Minutes


def search_marks(view: View, record: Record) -> Markup:
    """One hidden element for Pagefind. It is staged beside the page, which does not pay for it."""
    kind = ("type", record.kind.label.to(view.lang))
    metas = [kind]
    if isinstance(record, Case | Minutes):
        metas.append(("date", view.day(record.period.start if isinstance(record, Case) else record.start)))
    if place := view.place(record):
        metas.append(("place", place))
    marks = {"filter": [kind, *_filters(view, record)], "meta": metas}
    if record.also_called:
        metas.append(("also", ", ".join(record.also_called)))
    values = {value: f"data-{number}" for number, value in enumerate(dict.fromkeys([*marks["filter"], *metas]))}
    told = {
        f"data-pagefind-{name}": ",".join(f"{value[0]}[{values[value]}]" for value in pairs)
        for name, pairs in marks.items()
    } | {attribute: words for (_, words), attribute in values.items()}
    inside = Markup(" ").join(Markup('{}="{}"').format(name, words) for name, words in told.items())
    return Markup("<span hidden {}></span>").format(inside)


def _filters(view: View, record: Record) -> Iterator[tuple[str, str]]:
    for facet in FACETS:
        if facet.name in SEARCHED:
            for value in facet.of(record, view.library):
                yield facet.name, facet.words(value, view.lang, view.library)
