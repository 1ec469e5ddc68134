"""What waits for an editor on a day, as data: what is unfinished, what is late, what no longer holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from generator.base.text import Lang, Text
from generator.library.graph import Library
from generator.library.references import web_addresses
from generator.model.entry import Entry
from generator.model.kinds import PartialDate
from generator.model.record import Record
from generator.reading.seen import Seen
from generator.records.minutes import Minutes
from generator.records.page import Page

DESK = Text("Escritorio de edición", "Editors' desk")
LONGEST = 60
"""Rows of a part that are shown; the rest is counted."""
REVIEW_HOLDS = timedelta(days=365)
"""After it a published record is looked at again, even if nobody changed it: prices, posts and addresses age."""

_SINCE = Text("desde: {day}", "since: {day}")
_UNTIL = Text("observaciones hasta: {day}; por decidir: {n}", "amendments until: {day}; undecided: {n}")
_CLOSED = Text(
    "el plazo se cerró: {day}; falta aprobar el acta; por decidir: {n}",
    "the window closed: {day}; the minutes are to be approved; undecided: {n}",
)
_DUE = Text("venció: {day}", "was due: {day}")
_STALE = Text("lo que cambió lo dice: kb translate {id}", "what changed is told by: kb translate {id}")
_GONE = Text("respondió {status}, visto: {day}; {address}", "answered {status}, seen: {day}; {address}")
_SILENT = Text("no respondió, visto: {day}; {address}", "no answer, seen: {day}; {address}")
_CHANGED = Text("cambió después de su revisión: {day}", "changed after its review: {day}")
_AGED = Text("su revisión tiene más de un año: {day}", "its review is over a year old: {day}")
_NOT_LOOKED = Text("Nadie ha mirado los enlaces todavía: kb links", "Nobody has looked at the links yet: kb links")
_HIDDEN = Text(
    "Fichas en preparación que ninguna edición muestra: {n}. Las nombra: kb status",
    "Records being written that no edition shows: {n}. They are named by: kb status",
)


@dataclass(frozen=True, slots=True)
class Row:
    """Something that waits. `said` is a template of its facts, dates among them; `words` and `record` are in the
    language asked for.
    """

    record: Record
    name: str
    words: str
    said: Text
    facts: Mapping[str, Any]
    anchor: str = ""
    """Its place on the record's page."""
    copy: str = ""
    """The address of an archived copy that may take the place of a dead one."""


@dataclass(frozen=True, slots=True)
class Part:
    """Things that wait for the same. `remark` is said of all of them, or why none are shown."""

    name: str
    title: Text
    rows: tuple[Row, ...]
    remark: Text | None = None
    hidden: int = 0
    """How many more there are, of which nothing may be said."""

    @property
    def total(self) -> str:
        """How many there are; a dash where nobody looked."""
        known = self.rows or self.hidden or not self.remark
        return str(len(self.rows) + self.hidden) if known else "–"


def desk(library: Library, lang: Lang, today: date, seen: Mapping[str, Seen] | None) -> tuple[Part, ...]:
    """Every part, most urgent first. Of a whole library, drafts too; of an edition's, only how many there are."""
    entries = [library.shown(record, lang) for record in sorted_records(library)]
    windows, overdue = _windows(entries, today), _overdue(library, lang, today)
    drafts, review = (map(_since, filter(waits, entries)) for waits in (is_unfinished, is_in_review))
    past, stale, dead = _past(entries, today), _stale(library, lang), _dead(library, lang, seen or {})
    written = _HIDDEN.telling(n=library.drafts) if library.drafts else None
    looked = _NOT_LOOKED if seen is None else None
    return (
        Part("windows", Text("Actas abiertas a observaciones", "Minutes open to amendments"), tuple(windows)),
        Part("overdue", Text("Acuerdos vencidos", "Overdue agreements"), tuple(overdue)),
        Part("drafts", Text("Borradores", "Drafts"), tuple(drafts), written, library.drafts),
        Part("review", Text("En revisión", "In review"), tuple(review)),
        Part("past", Text("Por revisar de nuevo", "Due for another review"), tuple(past)),
        Part("stale", Text("Traducciones desactualizadas", "Stale translations"), tuple(stale)),
        Part("links", Text("Enlaces caídos", "Dead links"), tuple(dead), looked),
    )


def sorted_records(library: Library) -> list[Entry]:
    """What people review, the longest untouched first."""
    return sorted(library.of(Entry), key=lambda record: (_touched(record), record.id))


def _touched(record: Entry) -> PartialDate:
    return record.updated or record.created


def is_unfinished(record: Entry) -> bool:
    """A draft, or minutes of ours that nobody outside the editors has been given to amend."""
    written = isinstance(record, Minutes) and record.body_of != "external" and record.minutes_status
    return record.status == "draft" or written == "draft"


def is_in_review(record: Entry) -> bool:
    return record.status == "in-review" and not is_unfinished(record)


def undecided(minutes: Minutes) -> int:
    """How many amendments were neither accepted nor refused."""
    return sum(amendment.accepted is None for amendment in minutes.amendments)


def _since(record: Entry) -> Row:
    return Row(record, record.id, record.heading, _SINCE, {"day": _touched(record)})


def _windows(entries: Iterable[Entry], today: date) -> Iterator[Row]:
    """By the day on which they close: first those that closed and were not approved."""
    found = [
        (each.amendments_until.last, each)
        for each in entries
        if isinstance(each, Minutes) and each.minutes_status == "amendment-window" and each.amendments_until
    ]
    for last, minutes in sorted(found, key=lambda pair: (pair[0], pair[1].id)):
        facts = {"day": minutes.amendments_until, "n": undecided(minutes)}
        yield Row(minutes, minutes.id, minutes.heading, _UNTIL if last >= today else _CLOSED, facts)


def _overdue(library: Library, lang: Lang, today: date) -> Iterator[Row]:
    found = [made for made in library.agreements(lang) if made.overdue(today)]
    for made in sorted(found, key=lambda made: (made.agreement.due, made.id)):
        facts, anchor = {"day": made.agreement.due}, f"#acuerdo_{made.agreement.n}"
        yield Row(made.minutes, made.id, made.agreement.text, _DUE, facts, anchor)


def _stale(library: Library, lang: Lang) -> Iterator[Row]:
    for (record_id, _), translated in sorted(library.translated.items()):
        if translated.origin.stale:
            shown = library.shown(library.records[record_id], lang)
            yield Row(shown, record_id, shown.heading, _STALE, {"id": record_id})


def _past(entries: Iterable[Entry], today: date) -> Iterator[Row]:
    for record in entries:
        if record.status == "published" and record.reviewed:
            on = record.reviewed.date
            changed = record.updated and record.updated.first > on.last
            if changed or on.last + REVIEW_HOLDS < today:
                yield Row(record, record.id, record.heading, _CHANGED if changed else _AGED, {"day": on})


def _dead(library: Library, lang: Lang, seen: Mapping[str, Seen]) -> Iterator[Row]:
    """Each dead address once for each record that holds it, in its own language or in this one."""
    dead = {address: each for address, each in seen.items() if each.is_gone}
    for record in library.of(Record) if dead else ():
        shown = library.shown(record, lang)
        if isinstance(record, Page) and record.origin.shown_in != lang:
            continue  # it has a twin in this language, with links of its own
        faces = [record] if shown is record else [record, shown]
        named = {address for _, address in web_addresses(record)}
        named |= {link.target for face in faces for link in (*face.body.links, *face.body.bare_links)}
        for address in sorted(named & dead.keys()):
            found = dead[address]
            facts = {"day": found.on, "status": found.status, "address": address}
            said = _SILENT if found.status is None else _GONE
            yield Row(shown, record.id, shown.heading, said, facts, copy=found.archived)
