"""Pages there is one of: home, the agreement tracker, the glossary, what we do not know yet."""

from collections.abc import Sequence
from itertools import groupby

from generator.library.graph import MadeAgreement
from generator.pages.addresses import plain_pages
from generator.pages.list_pages import Listing, newest_first, numbered
from generator.pages.page import LISTS, Page, other, relative
from generator.pages.record_pages import RECORDS_WITH_PAGE, terms
from generator.pages.view import Site, View
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.practice import Practice

NEWEST = 6
PER_TRACKER_PAGE = 120
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


def saved_page(site: Site) -> Page:
    """What this browser keeps, and what is shown instead of a page that it does not have: filled by kb-share.js."""
    here = LISTS["saved"].to(site.lang)
    view = View(site, here)
    return Page(
        path=here,
        kind="saved",
        title=view.say("Guardado sin conexión", "Saved for offline"),
        description=view.say(
            "Las páginas que este aparato puede mostrar sin conexión.",
            "The pages that this device can show without a connection.",
        ),
        html=view.render("saved.html"),
        alternate=LISTS["saved"].to(other(site.lang)),
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
