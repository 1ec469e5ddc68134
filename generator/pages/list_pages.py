"""Lists: of each type and of each facet's value, cut so that a phone loads little."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.base.text import LANGUAGES, Text
from generator.model.record import Record
from generator.pages.addresses import list_address
from generator.pages.facets import FACETS, Facet, values_of
from generator.pages.order import RECORDS_WITH_PAGE
from generator.pages.page import Page, numbered, relative
from generator.pages.view import Site, View
from generator.records.practice import Practice

PER_PAGE = 60
"""Entries; with them a list stays under 60 KB of compressed HTML at any number of records."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of records before it is cut into pages. Its paths are those of its first page in both languages."""

    path: Text
    title: Text
    lead: Text
    records: tuple[Record, ...]
    kind: str = "list"
    facet: Facet | None = None
    value: str = ""


def listings(site: Site) -> list[Listing]:
    """Every list of the site, none of them empty but those of the types."""
    return [*_by_type(site), *_by_facet(site)]


def list_page(site: Site, listing: Listing, number: int) -> Page:
    """One page of a list, counted from 1."""
    here = numbered(listing.path.to(site.lang), number)
    view = View(site, here)
    shown = listing.records[(number - 1) * PER_PAGE : number * PER_PAGE]
    count = page_count(listing)
    html = view.render(
        "list.html",
        listing=listing,
        groups=_grouped(view, shown, listing),
        number=number,
        pages=[(n, relative(here, numbered(listing.path.to(site.lang), n))) for n in range(1, count + 1)],
        total=len(listing.records),
    )
    title = listing.title.to(site.lang)
    return Page(
        path=here,
        kind=listing.kind,
        title=title[:1].upper() + title[1:] if number == 1 else f"{title} ({number})",
        description=listing.lead.to(site.lang),
        html=html,
    )


def page_count(listing: Listing) -> int:
    return max(1, -(-len(listing.records) // PER_PAGE))


def _by_type(site: Site) -> Iterator[Listing]:
    for cls in RECORDS_WITH_PAGE:
        shown = (record for record in site.newest if isinstance(record, cls))
        records = tuple(sorted(shown, key=lambda record: not getattr(record, "core_group", False)))
        path = Text(list_address(cls, "es"), list_address(cls, "en"))
        yield Listing(path, cls.kind.plural, _LEADS[cls.kind.name], records)


def _by_facet(site: Site) -> Iterator[Listing]:
    library = site.library
    values: dict[str, dict[str, list[Record]]] = {facet.name: {} for facet in FACETS}
    # Put in order once: what goes into many lists in this order is in order in each of them.
    for record in site.newest:
        for name, some in values_of(library.records[record.id], library).items():
            for value in some:
                values[name].setdefault(value, []).append(record)
    for facet in FACETS:
        found = values[facet.name]
        vocabulary = library.vocabularies.get(facet.vocabulary or "")
        order = {value: place for place, value in enumerate(vocabulary.terms)} if vocabulary else {}
        for value in sorted(found, key=lambda value: (order.get(value, 0), value)):
            words = Text(*(facet.words(value, lang, library) for lang in LANGUAGES))
            lead = Text(
                f"Casos, buenas prácticas, actas y organizaciones. {facet.label.es}: {words.es}.",
                f"Cases, good practices, minutes and organisations. {facet.label.en}: {words.en}.",
            )
            title = Text(*(said[:1].upper() + said[1:] for said in (words.es, words.en)))
            path = Text(facet.page(value, "es"), facet.page(value, "en"))
            yield Listing(path, title, lead, tuple(found[value]), "facet", facet, value)


def _grouped(view: View, records: Sequence[Record], listing: Listing) -> list[tuple[str, list[Record]]]:
    """A facet's records by type; organisations with the core group first; other lists as they are."""
    if listing.facet:
        # A sector's page is where its people begin: what is written for them comes first.
        first = Practice if listing.facet.name == "sector" else None
        return [
            (view.word(cls.kind.plural), found)
            for cls in sorted(RECORDS_WITH_PAGE, key=lambda cls: cls is not first)
            if (found := [record for record in records if isinstance(record, cls)])
        ]
    core = [record for record in records if getattr(record, "core_group", False)]
    if core:
        rest = [record for record in records if record not in core]
        return [
            (view.say("Grupo núcleo de la comunidad", "Core group of the community"), core),
            (view.say("Otras organizaciones citadas", "Other organisations cited"), rest),
        ]
    return [("", list(records))]


_LEADS = {
    "case": Text(
        "Qué pasó en Moquegua y en otros lugares, qué resultó y qué se aprendió, con sus fuentes.",
        "What happened in Moquegua and elsewhere, what came of it and what was learned, with sources.",
    ),
    "practice": Text(
        "Formas de hacer que otros pueden usar: pasos, condiciones, límites y dónde se probaron.",
        "Ways of working that others can use: steps, conditions, limits and where they were tried.",
    ),
    "minutes": Text(
        "Qué se trató y qué se acordó en cada reunión, y qué fue de cada acuerdo.",
        "What was discussed and agreed in each meeting, and what became of each agreement.",
    ),
    "organization": Text(
        "Quiénes integran la comunidad y quiénes aparecen en las fichas, con sus acuerdos.",
        "Who belongs to the community and who appears in the records, with their agreements.",
    ),
}
