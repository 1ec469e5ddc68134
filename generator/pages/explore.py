"""Explore: every way into the records as plain links, and the data with which a script lets them combine."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from markupsafe import Markup

from generator.base.memo import OfEach
from generator.base.text import LANGUAGES, Text
from generator.model.record import Record
from generator.pages.addresses import list_address
from generator.pages.facets import FACETS, values_of
from generator.pages.list_pages import Listing
from generator.pages.order import RECORDS_WITH_PAGE
from generator.pages.page import LISTS, Page, relative
from generator.pages.templating import ENVIRONMENTS
from generator.pages.tracker import FILES
from generator.pages.view import Site, View, fixed_page

DATA = Text("fichas.json", "records.json")
WITH_LEAD = 300
"""Records; with more of them the summaries would cost a phone more than all the rest of the page."""
AT_ONCE = 2500
"""Records; with more of them the data is fetched when a reader has chosen something, not before."""

_FACTS = {lang: OfEach[str]() for lang in LANGUAGES}


def explore_page(site: Site, every: Sequence[Listing]) -> Page:
    """All facets with all their values and counts: the ways in without JavaScript."""
    view = View(site, LISTS["explore"].to(site.lang))
    types = [each for each in every if each.facet is None]
    kinds = [(cls.kind.name, listing) for cls, listing in zip(RECORDS_WITH_PAGE, types, strict=True)]
    groups = [("type", Text("Tipo", "Type"), _parts(view, kinds))]
    for facet in FACETS:
        values = [(listing.value, listing) for listing in every if listing.facet is facet]
        groups += [(facet.name, facet.label, _parts(view, values, by_decade=facet.name == "year"))] if values else []
    total = sum(len(each.records) for each in types)
    page = fixed_page(
        site,
        "explore",
        Text("Explorar", "Explore"),
        Text(
            "Todas las entradas a las fichas: por tema, lugar, sector, país, resultado, mecanismo y año.",
            "Every way into the records: by topic, place, sector, country, result, mechanism and year.",
        ),
        groups=groups,
        total=total,
        data=DATA,
        at_once=total <= AT_ONCE,
    )
    return replace(page, meta={"files": FILES})


Way = tuple[str, str, str, int]
"""A value, its words, its page and how many records it has."""


def _parts(
    view: View, values: Iterable[tuple[str, Listing]], *, by_decade: bool = False
) -> list[tuple[str, list[Way]]]:
    """Values under a heading: years under their decade, the newest first; others under none."""
    ways = [
        (value, view.word(each.title), view.to_path(each.path.to(view.lang)), len(each.records))
        for value, each in values
    ]
    if not by_decade:
        return [("", ways)]
    decades = groupby(reversed(ways), lambda way: way[0][:3])
    return [(f"{decade}0–{decade}9", list(years)) for decade, years in decades]


def explore_data(site: Site) -> tuple[str, bytes]:
    """The address and the bytes of the file with all records, newest first.

    A record is `[title, id, facts, summary, keys]` and, where it was not translated, its language. Keys are places in
    the list of all keys, `facet:value`; the first is the type's.
    """
    here = LISTS["explore"].to(site.lang)
    view = View(site, here)
    facts = ENVIRONMENTS[site.lang].get_template("macros.html").module.facts  # type: ignore[attr-defined]
    terms = tuple(site.library.vocabularies.values())
    keys: dict[str, int] = {}

    def said(record: Record) -> str:
        return Markup(facts(view, record)).striptags()  # noqa: S704  # made into plain text

    def row(record: Record) -> list[object]:
        values = values_of(site.library.records[record.id], site.library)
        named = (f"{name}:{value}" for name, some in values.items() for value in some)
        own = [keys.setdefault(key, len(keys)) for key in (f"type:{record.kind.name}", *named)]
        facts_of = _FACTS[site.lang].get(record, terms, partial(said, record))
        lead = (record.lead or "") if len(site.newest) <= WITH_LEAD else ""
        return [
            record.heading,
            record.id,
            facts_of,
            lead,
            own,
            *([view.foreign(record)] if view.foreign(record) else []),
        ]

    rows = [row(record) for record in site.newest]
    data = {
        "types": {
            cls.kind.name: [view.word(cls.kind.label), relative(here, list_address(cls, site.lang))]
            for cls in RECORDS_WITH_PAGE
        },
        "keys": list(keys),
        "records": rows,
    }
    return here + DATA.to(site.lang), json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
