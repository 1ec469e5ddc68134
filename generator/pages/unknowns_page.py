"""What this knowledge base does not know yet: computed from the records, counted, and never cut without saying so."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from generator.base.text import Text
from generator.library.graph import Library, MadeAgreement
from generator.model.entry import GAP, Entry, Unknown
from generator.model.record import Record
from generator.pages.addresses import plain_pages
from generator.pages.order import RECORDS_WITH_PAGE
from generator.pages.page import Page
from generator.pages.record_pages import sections
from generator.pages.view import Site, fixed_page
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.practice import Practice

LONGEST = 60
"""Entries of each list of the page, and records of those that are grouped by record; the rest is counted."""


def unknowns_page(site: Site) -> Page:
    page = fixed_page(
        site,
        "unknowns",
        Text("Lo que esta base aún no sabe", "What this knowledge base does not know yet"),
        Text(
            "Preguntas abiertas, datos sin verificar, voces que faltan, acuerdos sin noticias y fichas sin traducir.",
            "Open questions, unverified facts, missing voices, agreements without news and untranslated records.",
        ),
        longest=LONGEST,
        **_of_records(site),
        **_of_agreements(site),
    )
    return replace(page, toc=sections(page.html))


def _of_records(site: Site) -> dict[str, Any]:
    library, lang = site.library, site.lang
    written = plain_pages(library, lang)
    records = [record for cls in RECORDS_WITH_PAGE for record in site.newest if isinstance(record, cls)]
    cases = [record for record in records if isinstance(record, Case)]
    return {
        "gaps": {kind: _told(records, kind) for kind, _ in GAP.labels},
        "types": (Case, Practice, Minutes),
        "canon": written.get("canon-cifras") or written.get("canon"),
        "figures": _figures(library),
        "voices": _voices(library, cases),
        "few_voices": [case for case in cases if len({each.sector for each in case.perspectives}) < 3],
        "disputed": [case for case in cases if case.disagreements],
        "in_review": sum(record.status == "in-review" for record in records),
        "total": len(records),
        "untranslated": [record for record in records if record.origin.shown_in != lang],
        "stale": [record for record in records if record.origin.stale],
        "machine": sum(record.origin.translation == "machine" for record in records),
    }


def _told(records: Iterable[Record], kind: str) -> list[tuple[Entry, list[tuple[int, Unknown]]]]:
    """Each record with what it says of a kind; the number, from 1, is the entry's place on the record's page."""
    told = []
    for record in records:
        if isinstance(record, Entry):
            gaps = [(place, gap) for place, gap in enumerate(record.unknowns, start=1) if gap.kind == kind]
            told += [(record, gaps)] if gaps else []
    return told


def _figures(library: Library) -> tuple[int, int]:
    """How many rows of the data files carry a reservation, and how many there are."""
    points = [point for table in library.data.tables.values() for point in table.points]
    return sum(not point.verified for point in points), len(points)


def _voices(library: Library, cases: Sequence[Case]) -> list[tuple[str, int]]:
    """Each sector of the vocabulary with the number of cases that hold its perspective, fewest first."""
    heard = Counter(sector for case in cases for sector in {each.sector for each in case.perspectives})
    return sorted(((each, heard[each]) for each in library.vocabularies["sectors"].terms), key=lambda row: row[1])


def _of_agreements(site: Site) -> dict[str, Any]:
    """Agreements whose text was not seen, and those that were seen and of which nothing more is known."""
    unseen = [made for made in site.agreements if made.agreement.unseen]
    silent = [made for made in site.agreements if not made.agreement.unseen and not made.agreement.updates]
    return {"unseen": _by_meeting(unseen), "silent": _by_meeting(silent)}


def _by_meeting(agreements: Sequence[MadeAgreement]) -> dict[str, Any]:
    shown = groupby(agreements[:LONGEST], key=lambda made: made.minutes.id)
    meetings = [(group[0].minutes, group) for _, made in shown if (group := list(made))]
    return {"meetings": meetings, "total": len(agreements)}
