"""Pages there is one of: home, the agreement tracker, the glossary."""

from collections.abc import Sequence
from itertools import groupby

from generator.library.graph import MadeAgreement
from generator.pages.addresses import plain_pages
from generator.pages.list_pages import Listing, numbered
from generator.pages.page import LISTS, Page, other, relative
from generator.pages.record_pages import terms
from generator.pages.view import Site, View
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.practice import Practice

NEWEST = 6
PER_TRACKER_PAGE = 120


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


def tracker_parts(site: Site) -> list[list[MadeAgreement]]:
    """All agreements, cut between meetings into pages that a phone can load."""
    parts: list[list[MadeAgreement]] = [[]]
    for _, made in groupby(site.agreements, key=lambda made: made.minutes.id):
        meeting = list(made)
        if parts[-1] and len(parts[-1]) + len(meeting) > PER_TRACKER_PAGE:
            parts.append([])
        parts[-1] += meeting
    return parts


def tracker_page(site: Site, parts: Sequence[Sequence[MadeAgreement]], number: int) -> Page:
    """One page of the tracker, counted from 1."""
    first = LISTS["agreements"]
    here = numbered(first.to(site.lang), number)
    view = View(site, here)
    meetings = [
        (made[0].minutes, made)
        for _, group in groupby(parts[number - 1], key=lambda made: made.minutes.id)
        if (made := list(group))
    ]
    html = view.render(
        "tracker.html",
        meetings=meetings,
        total=len(site.agreements),
        number=number,
        pages=[(n, relative(here, numbered(first.to(site.lang), n))) for n in range(1, len(parts) + 1)],
    )
    return Page(
        path=here,
        kind="tracker",
        title=view.say("Seguimiento de acuerdos", "Agreement tracker"),
        description=view.say(
            "Todos los acuerdos de las reuniones: quién responde, para cuándo, en qué está cada uno y con qué prueba.",
            "Every agreement of every meeting: who is responsible, by when, where each one stands and with what proof.",
        ),
        html=html,
        alternate=numbered(first.to(other(site.lang)), number),
        toc=tuple((minutes.id, minutes.heading) for minutes, _ in meetings),
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
