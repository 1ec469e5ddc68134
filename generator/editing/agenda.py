"""The next meeting of a body: when it is by its cadence, what it has to decide, as the first draft of its minutes."""

import re
import textwrap
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.base.text import Edit, Lang, Span, Text, edited
from generator.checking import Checked, Checker
from generator.editing.beginning import file_of, record_text, whole_library
from generator.editing.changes import Changes
from generator.editors.template import as_yaml
from generator.library.desk import is_in_review, is_unfinished, sorted_records, undecided
from generator.library.editions import may_show
from generator.library.graph import Library, MadeAgreement
from generator.library.naming import record_id
from generator.model.entry import Entry
from generator.pages.wording import told
from generator.reading.characters import as_written
from generator.records.agreement import CLOSED
from generator.records.minutes import BODY_OF, CADENCE, Minutes

_MOST = 12
"""Records to be reviewed that one meeting is asked to look at."""
_TITLE = Text("Reunión {number} del {body}", "Meeting {number} of the {body}")
_SUMMARY = Text(
    "Agenda de la reunión del {body} prevista para el {day}. Actas por aprobar: {minutes}; acuerdos vencidos o por "
    "vencer: {agreements}; fichas que esperan revisión: {records}.",
    "Agenda of the {body}'s meeting planned for {day}. Minutes to approve: {minutes}; agreements overdue or due: "
    "{agreements}; records awaiting review: {records}.",
)
_APPROVE = Text(
    "Aprobar el acta «{title}»; observaciones por decidir: {n}",
    "Approve the minutes “{title}”; undecided amendments: {n}",
)
_OVERDUE = Text("Acuerdo {id}, venció: {day}. {text}", "Agreement {id}, was due: {day}. {text}")
_DUE = Text("Acuerdo {id}, vence: {day}. {text}", "Agreement {id}, is due: {day}. {text}")
_REVIEW = Text(
    "Repartir la revisión de fichas: la esperan {n}; aquí, hasta {most}, las más antiguas",
    "Share out the review of records: {n} await it; here, up to {most}, the oldest",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The next meeting of a body, and the one before it."""

    body: str
    begun: date
    day: date
    number: str
    last: Minutes | None


def next_meeting(library: Library, body: str, today: date) -> Meeting | Minutes:
    """The first day of the body's cadence that is not over, counted from its last meeting; or the minutes of the next
    one, if somebody has begun them.
    """
    held = sorted((each for each in library.of(Minutes) if each.body_of == body), key=lambda it: (it.start, it.id))
    last = held[-1] if held else None
    if last and last.state == "scheduled" and last.start.on.last >= today:
        return last
    start, steps = (last.start.on.first if last else today), 1
    while (day := _months_later(start, steps * CADENCE[body])) < today:
        steps += 1
    return Meeting(body, today, day, _next_number(held, day), last)


def agenda(checker: Checker, checked: Checked, meeting: Meeting, lang: Lang) -> tuple[str, Changes]:
    """The path of the draft, and what is written: it, and its name in the minutes before it, where they may say it."""
    lines = _lines(whole_library(checked), meeting, lang)
    name = f"{BODY_OF.label(meeting.body).to(lang)} {meeting.number}"
    path = file_of(Minutes, {"start": meeting.day}, lang, name) or ""
    before, after = {}, {path: record_text(Minutes, lines, lang).encode()}
    last = meeting.last
    # Public minutes may not name those of members: there the chain has one end.
    if last and not last.next and not may_show(last, "public"):
        end = checked.assembly.places[last.path].block.end
        before[last.path] = checker.reader.data(last.path)
        edits = [Edit(Span(end, end), f"next: {record_id(path)}\n")]
        after[last.path] = edited(as_written(before[last.path]), edits).encode()
    return path, Changes(before, after)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _next_number(held: list[Minutes], day: date) -> str:
    """`005-2025` is followed by `006-2025`, and in a new year by `001-2026`; `7` by `8`; without a number before, the
    meetings of the year are counted.
    """
    before, was = (held[-1].number or "", str(held[-1].start.on.year)) if held else ("", "")
    count = next((found for found in re.finditer(r"\d+", before) if found[0] != was), None)
    if count is None:
        return f"{sum(each.start.on.year == day.year for each in held) + 1:03}-{day.year}"
    begins_anew = was in before and was != str(day.year)
    number = "1" if begins_anew else str(int(count[0]) + 1)
    text = before[: count.start()] + number.zfill(len(count[0])) + before[count.end() :]
    return text.replace(was, str(day.year))


def _lines(library: Library, meeting: Meeting, lang: Lang) -> dict[str, str]:
    """The fields that are known, each as YAML."""
    last = meeting.last
    minutes = [each for each in library.of(Minutes) if each.body_of == meeting.body and _awaits(each)]
    agreements = _agreements(library, meeting, lang)
    records = [each for each in sorted_records(library) if is_in_review(each) and each not in minutes]
    counts = {"minutes": len(minutes), "agreements": len(agreements), "records": len(records)}
    facts = {"body": BODY_OF.label(meeting.body).to(lang), "number": meeting.number, "day": meeting.day, **counts}
    topics = Counter(made.agreement.topic for made in agreements if made.agreement.topic)
    topics.update(topic for record in (*minutes, *records[:_MOST]) for topic in record.topics[:1])
    time = f"T{last.start.time}" if last and last.start.time else ""
    values: dict[str, Any] = {
        "title": told(_TITLE, facts, lang),
        "summary": told(_SUMMARY, facts, lang),
        "topics": [topic for topic, _ in sorted(topics.items(), key=lambda found: (-found[1], found[0]))][:3],
        "created": str(meeting.begun),
        "body_of": meeting.body,
        "number": meeting.number,
        "state": "scheduled",
        "start": f"{meeting.day}{time}",
        "format": last.format if last else None,
        "rule": last.rule if last else None,
        "agenda": [*_items(library, minutes, agreements, meeting, lang), *_review(records, lang)],
        "visibility": "members",
        "status": "draft",
        "minutes_status": "draft",
        "previous": last.id if last else None,
        "language": lang,
    }
    # Sources are for the minutes of others: of our own meeting this is the source.
    return {"sources": ""} | {name: as_yaml({name: value}) for name, value in values.items() if value}


def _awaits(minutes: Minutes) -> bool:
    """Whether a meeting was held whose minutes are not approved."""
    return minutes.state == "held" and (is_unfinished(minutes) or minutes.minutes_status == "amendment-window")


def _agreements(library: Library, meeting: Meeting, lang: Lang) -> list[MadeAgreement]:
    """The body's open agreements that are due before the meeting after the next one, by date."""
    limit = _months_later(meeting.day, CADENCE[meeting.body])
    open_ones = [
        (made.agreement.due, made)
        for made in library.agreements(lang)
        if made.minutes.body_of == meeting.body and made.agreement.due and made.agreement.status not in CLOSED
    ]
    return [made for due, made in sorted(open_ones, key=lambda pair: (pair[0].last, pair[1].id)) if due.last < limit]


def _items(
    library: Library, minutes: list[Minutes], agreements: list[MadeAgreement], meeting: Meeting, lang: Lang
) -> Iterator[dict[str, Any]]:
    for each in minutes:
        facts: dict[str, Any] = {"title": library.shown(each, lang).title, "n": undecided(each)}
        yield {"title": told(_APPROVE, facts, lang), "kind": "decision", "records": [each.id]}
    for made in agreements:
        facts = {"id": made.id, "day": made.agreement.due, "text": made.agreement.text}
        title = told(_OVERDUE if made.overdue(meeting.day) else _DUE, facts, lang)
        yield {
            "title": textwrap.shorten(title, 250, placeholder=" …"),
            "kind": "information",
            "records": [made.minutes.id],
        }


def _review(records: list[Entry], lang: Lang) -> list[dict[str, Any]]:
    title = told(_REVIEW, {"n": len(records), "most": _MOST}, lang)
    return (
        [{"title": title, "kind": "deliberation", "records": [each.id for each in records[:_MOST]]}] if records else []
    )
