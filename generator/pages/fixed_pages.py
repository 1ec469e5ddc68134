"""Pages there is one of: home, the glossary, what we do not know yet."""

from collections.abc import Sequence

from generator.pages.addresses import plain_pages
from generator.pages.list_pages import Listing, newest_first
from generator.pages.page import LISTS, Page, other
from generator.pages.record_pages import RECORDS_WITH_PAGE, terms
from generator.pages.view import Site, View
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.practice import Practice

NEWEST = 6
LONGEST = 60
"""Entries of a list on the page of what we do not know; the rest is counted."""


def home_page(site: Site, every: Sequence[Listing]) -> Page:
    here = LISTS["home"].to(site.lang)
    view = View(site, here)
    written = plain_pages(site.library, site.lang)
    intro = written.get("inicio") or written.get("home")
    entries = [record for cls in (Case, Practice, Minutes) for record in site.library.of(cls)]
    newest = sorted(entries, key=lambda record: (record.updated or record.created, record.id), reverse=True)[:NEWEST]
    html = view.render(
        "home.html",
        intro=intro,
        types=[each for each in every if each.facet is None],
        facets=[each for each in every if each.facet],
        newest=[view.shown(record) for record in newest],
        terms=len(terms(site)),
        total=len(site.agreements),
    )
    name = intro.title if intro else view.say("Base de conocimiento", "Knowledge base")
    return Page(
        path=here,
        kind="home",
        title=name,
        description=intro.summary if intro else name,
        html=html,
        alternate=LISTS["home"].to(other(site.lang)),
        source_path=intro.path if intro else None,
    )


def glossary_page(site: Site) -> Page:
    here = LISTS["glossary"].to(site.lang)
    view = View(site, here)
    return Page(
        path=here,
        kind="glossary",
        title=view.say("Glosario", "Glossary"),
        description=view.say(
            "Los términos del canon y de la gobernanza de la minería, en lenguaje sencillo.",
            "The terms of the mining canon and of mining governance, in plain language.",
        ),
        html=view.render("glossary.html", terms=terms(site)),
        alternate=LISTS["glossary"].to(other(site.lang)),
    )


def unknowns_page(site: Site) -> Page:
    """What is missing, computed: voices not heard, records not translated, agreements of which nothing is known."""
    here = LISTS["unknowns"].to(site.lang)
    view = View(site, here)
    library = site.library
    entries = newest_first([record for cls in RECORDS_WITH_PAGE for record in library.of(cls)])
    cases = [view.shown(case) for case in library.of(Case)]
    html = view.render(
        "unknowns.html",
        longest=LONGEST,
        untranslated=[record for record in map(view.shown, entries) if view.foreign(record)],
        machine=[record for record in map(view.shown, entries) if record.origin.translation == "machine"],
        disputed=[case for case in cases if case.disagreements],
        few_voices=[case for case in cases if len({each.sector for each in case.perspectives}) < 3],
        unheard=_unheard(site, cases),
        silent=[made for made in site.agreements if not made.agreement.updates],
        in_review=sum(record.status == "in-review" for record in entries),
        total=len(entries),
    )
    return Page(
        path=here,
        kind="unknowns",
        title=view.say("Lo que esta base aún no sabe", "What this knowledge base does not know yet"),
        description=view.say(
            "Voces que faltan, fichas sin traducir, acuerdos sin noticias y desacuerdos entre fuentes.",
            "Missing voices, untranslated records, agreements without news and disagreements between sources.",
        ),
        html=html,
        alternate=LISTS["unknowns"].to(other(site.lang)),
    )


def _unheard(site: Site, cases: Sequence[Case]) -> list[tuple[str, int]]:
    """Each sector of the vocabulary with the number of cases that hold its perspective, fewest first."""
    heard = [{perspective.sector for perspective in case.perspectives} for case in cases]
    counts = [
        (sector, sum(sector in voices for voices in heard)) for sector in site.library.vocabularies["sectors"].terms
    ]
    return sorted(counts, key=lambda row: row[1])
