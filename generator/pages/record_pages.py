"""The page of each case, practice, meeting and organisation."""

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from generator.library.graph import MadeAgreement
from generator.model.entry import Entry
from generator.model.record import Record
from generator.pages import citing
from generator.pages.addresses import plain_pages, record_address, translated_page
from generator.pages.page import LISTS, Page, other
from generator.pages.preview import Preview
from generator.pages.search_marks import search_marks
from generator.pages.sheet import sheet
from generator.pages.view import Site, View
from generator.records.minutes import Minutes
from generator.records.organization import Organization
from generator.records.page import Page as PlainPage
from generator.records.term import Term


def record_page(site: Site, record: Record, tracked: str = "") -> Page:
    """The page of a record in the site's language. `tracked` is where the tracker has its agreements, if any."""
    here = record_address(record, site.lang)
    view = View(site, here)
    kind = record.kind.name
    backlinks = view.records(site.library.backlinks.get(record.id, ()))
    # Organisations are not cited: their pages have no authors.
    cited = citing.citation(site.library, record, site.lang) if isinstance(record, Entry) else None
    values: dict[str, Any] = {
        "record": record,
        "sheet": list(sheet(view, record)),
        "tracked": view.to_path(tracked),
        "citation": cited,
        "related": view.related(record, backlinks),
    }
    if isinstance(record, Organization):
        values["agreements"] = site.agreements_by_organization.get(record.id, [])
    if isinstance(record, Minutes):
        values["agreements"] = [MadeAgreement(record, agreement) for agreement in record.agreements]
    html = view.render(f"{kind}.html", **values)
    return Page(
        path=here,
        kind=kind,
        title=record.heading,
        description=record.lead,
        html=html,
        search_marks=search_marks(view, record),
        source_path=record.file,
        toc=sections(html),
        meta={
            **({"lang": record.origin.shown_in} if view.foreign(record) else {}),
            **({"cite": citing.staged(cited, site.lang)} if cited else {}),
            "image": preview(view, record).staged(site.lang),
        },
    )


def preview(view: View, record: Record) -> Preview:
    return Preview(record.kind.name, view.word(record.kind.label), record.heading, view.place(record))


def previews(site: Site) -> Iterator[Preview]:
    """The pictures of all records."""
    view = View(site, LISTS["home"].to(site.lang))
    yield from (preview(view, record) for record in site.newest)


def neighbours(site: Site, record: Record) -> list[Record]:
    """Every other record whose words stand on the record's page."""
    library = site.library
    ids = (*library.links.get(record.id, ()), *library.backlinks.get(record.id, ()))
    near = [library.shown(library.records[other_id], site.lang) for other_id in ids]
    if isinstance(record, Organization):
        near += [made.minutes for made in site.agreements_by_organization.get(record.id, [])]
    return near


def twin_address(site: Site, page: PlainPage) -> str:
    """Where a written page is in the other language; where there is no translation, the home page."""
    twin = translated_page(site.library, page, other(site.lang))
    return record_address(twin, other(site.lang)) if twin else LISTS["home"].to(other(site.lang))


def plain_page(site: Site, page: PlainPage) -> Page:
    here = record_address(page, site.lang)
    view = View(site, here)
    html = view.render("page.html", record=page)
    return Page(
        path=here,
        kind="page",
        title=page.title,
        description=page.summary,
        html=html,
        source_path=page.path,
        toc=sections(html),
    )


def sections(html: str) -> tuple[tuple[str, str], ...]:
    """(anchor, words) of each section of a rendered page that can be jumped to."""
    found = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', html, re.DOTALL)
    return tuple((anchor, Markup(words).striptags()) for anchor, words in found)  # noqa: S704  # made into plain text


def plain_pages_of(site: Site) -> Iterator[PlainPage]:
    """The written pages but the one that is part of the home page."""
    return (page for page in plain_pages(site.library, site.lang).values() if record_address(page, site.lang))


def terms(site: Site) -> list[Term]:
    return sorted(
        (site.library.shown(term, site.lang) for term in site.library.of(Term)), key=lambda term: term.term.casefold()
    )
