"""Home, the glossary, and what a browser keeps."""

from collections.abc import Sequence
from itertools import groupby

from generator.base.text import Text, plain
from generator.pages.addresses import plain_pages
from generator.pages.facets import PROFILES
from generator.pages.list_pages import Listing
from generator.pages.page import LISTS, Page
from generator.pages.record_pages import terms
from generator.pages.view import Site, View, fixed_page
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.organization import Organization
from generator.records.practice import Practice

NEWEST = 6


def home_page(site: Site, every: Sequence[Listing]) -> Page:
    here = LISTS["home"].to(site.lang)
    view = View(site, here)
    written = plain_pages(site.library, site.lang)
    intro = written.get("inicio") or written.get("home")
    entries = [record for cls in (Case, Practice, Minutes) for record in site.library.of(cls)]
    newest = sorted(entries, key=lambda record: (record.updated or record.created, record.id), reverse=True)[:NEWEST]

    def by_facet(name: str) -> list[Listing]:
        return [each for each in every if each.facet and each.facet.name == name]

    html = view.render(
        "home.html",
        intro=intro,
        types=[
            each for each in every if not each.facet and each.records and not isinstance(each.records[0], Organization)
        ],
        canon=written.get("canon"),
        profiles=[each for each in by_facet("sector") if each.value in PROFILES],
        facets=[(name, by_facet(name)) for name in ("topic", "place")],
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
        source_path=intro.path if intro else None,
    )


def glossary_page(site: Site) -> Page:
    found = terms(site)
    letters = [(letter, next(group).id) for letter, group in groupby(found, lambda term: plain(term.term)[:1].upper())]
    return fixed_page(
        site,
        "glossary",
        Text("Glosario", "Glossary"),
        Text(
            "Los términos del canon y de la gobernanza de la minería, en lenguaje sencillo.",
            "The terms of the mining canon and of mining governance, in plain language.",
        ),
        terms=found,
        letters=letters,
    )


def saved_page(site: Site) -> Page:
    """What this browser keeps, and what is shown instead of a page that it does not have: filled by kb-share.js."""
    return fixed_page(
        site,
        "saved",
        Text("Guardado sin conexión", "Saved for offline"),
        Text(
            "Las páginas que este aparato puede mostrar sin conexión.",
            "The pages that this device can show without a connection.",
        ),
    )
