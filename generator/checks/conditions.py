"""Fields that must agree with each other: dates in order, places for a country, the stages of minutes."""

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text
from generator.library.editions import may_show
from generator.model.entry import Entry
from generator.model.kinds import Moment, PartialDate
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Places
from generator.records.case import Case
from generator.records.minutes import AMENDED, APPROVED, Minutes
from generator.records.organization import Organization

REVERSED_DATES = Rule(
    "KB319",
    "reversed-dates",
    Severity.ERROR,
    Text(
        "«{later}» ({later_date}) es anterior a «{earlier}» ({earlier_date})",
        "“{later}” ({later_date}) is before “{earlier}” ({earlier_date})",
    ),
    Text(
        "«{later}» debe ser {earlier_date} o después; si esa fecha está bien, corrija «{earlier}»",
        "“{later}” must be {earlier_date} or after; if that date is right, correct “{earlier}”",
    ),
)
REQUIRED_HERE = Rule(
    "KB320",
    "required-here",
    Severity.ERROR,
    Text("falta «{field}», obligatorio cuando {condition}", "“{field}” is missing, required when {condition}"),
    Text("añada, por ejemplo, «{field}: {example}»", "add, for example, “{field}: {example}”"),
)
SHOUTED_TITLE = Rule(
    "KB321",
    "title-in-capitals",
    Severity.ERROR,
    Text("el título está todo en mayúsculas", "the title is all in capitals"),
    Text(
        "escriba «{better}» y ponga mayúscula a los nombres propios",
        "write “{better}” and give proper names their capital",
    ),
)
REPEATED_NUMBER = Rule(
    "KB322",
    "repeated-agreement-number",
    Severity.ERROR,
    Text("hay dos acuerdos con el número {n}", "there are two agreements with number {n}"),
    Text(
        "el número es parte de su dirección permanente: escriba «n: {free}» en el segundo",
        "the number is part of its permanent address: write “n: {free}” in the second",
    ),
)
DATE_NOT_IN_NAME = Rule(
    "KB512",
    "minutes-name-without-date",
    Severity.ERROR,
    Text(
        "el nombre del archivo no empieza con la fecha de la reunión",
        "the file's name does not start with the meeting's date",
    ),
    Text("llame al archivo «{better}.md», o corrija la fecha", "name the file “{better}.md”, or correct the date"),
)

_When = PartialDate | Moment
_IN_PERU = Text("el país es PE", "the country is PE")
_WITHOUT_END = Text("el caso no tiene fecha de fin", "the case has no end date")
_OWN = Text("la reunión es de la comunidad", "the meeting is the community's own")
_EXTERNAL = Text("la reunión es de otro espacio", "the meeting is another space's")
_WINDOW = Text("el acta está abierta a observaciones", "the minutes are open to amendments")
_CORRECTED = Text("el acta está corregida", "the minutes are corrected")
_ANONYMOUS = Text(
    "el acta es pública bajo la regla de Chatham House", "the minutes are public under the Chatham House rule"
)
_APPROVED = Text("el acta está aprobada", "the minutes are approved")


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    if record.origin.translation_path:
        return
    if isinstance(record, Entry):
        yield from _entry(record, document)
    if isinstance(record, Case):
        yield from _case(record, document)
    elif isinstance(record, Minutes):
        yield from _minutes(record, document)
        yield from _stages(record, document)
    elif isinstance(record, Organization) and record.active:
        yield from _in_order(document, record.active, "since", "until", group="active")


def _entry(entry: Entry, document: Places) -> Iterator[Diagnostic]:
    yield from _in_order(document, entry, "created", "updated")
    if entry.title.isupper():
        yield SHOUTED_TITLE.at(document.source, document.at(["title"]), better=entry.title.capitalize())


def _case(case: Case, document: Places) -> Iterator[Diagnostic]:
    period = case.period
    yield from _in_order(document, period, "start", "end", group="period")
    if "PE" in case.countries and not case.places:
        place = document.at(["countries", case.countries.index("PE")])
        yield REQUIRED_HERE.at(document.source, place, field="places", condition=_IN_PERU, example="[1801]")
    # «ongoing: no» without an end says that it is over and that nobody knows since when.
    if not period.end and "ongoing" not in period.model_fields_set:
        place = document.key(["period"])
        yield REQUIRED_HERE.at(document.source, place, field="ongoing", condition=_WITHOUT_END, example="yes")


def _minutes(minutes: Minutes, document: Places) -> Iterator[Diagnostic]:
    yield from _in_order(document, minutes, "start", "end")
    yield from _in_order(document, minutes, "start", "amendments_until")
    yield from _in_order(document, minutes, "start", "approved_on")
    if not minutes.id.startswith(minutes.start.on.text):
        rest = re.sub(r"^\d{4}(?:-\d\d){0,2}-?", "", minutes.id)
        better = f"{minutes.start.on}-{rest}".rstrip("-")
        yield DATE_NOT_IN_NAME.at(document.source, document.at(["start"]), better=better)
    seen: set[int] = set()
    for index, agreement in enumerate(minutes.agreements):
        if agreement.n in seen:
            place, free = document.at(["agreements", index, "n"]), max(made.n for made in minutes.agreements) + 1
            yield REPEATED_NUMBER.at(document.source, place, n=agreement.n, free=free)
        seen.add(agreement.n)
        # Else the tracker would tell of a delay, or of a fulfilment, before anybody agreed.
        yield from _not_before(document, ("agreements", index, "due"), agreement.due, "start", minutes.start)
        for number, update in enumerate(agreement.updates):
            where = ("agreements", index, "updates", number, "date")
            yield from _not_before(document, where, update.date, "start", minutes.start)


def _stages(minutes: Minutes, document: Places) -> Iterator[Diagnostic]:
    """What the minutes of a meeting need, by whose it was and how far they are."""
    own, status = minutes.body_of != "external", minutes.minutes_status
    held, approved = minutes.state == "held", status in APPROVED
    anonymous = minutes.rule == "chatham-house" and may_show(minutes, "public")
    needed = (
        (own, "minutes_status", "body_of", _OWN, "draft"),
        (own and held, "attendance", "body_of", _OWN, "{total: 18}"),
        (not own, "sources", "body_of", _EXTERNAL, "[{title: Informe anual}]"),
        (status == "amendment-window", "amendments_until", "minutes_status", _WINDOW, "2026-01-15"),
        (approved, "approved_on", "minutes_status", _APPROVED, "2026-01-20"),
        (status == "corrected", "amendments", "minutes_status", _CORRECTED, AMENDED),
        (anonymous and held, "public_summary", "rule", _ANONYMOUS, "El grupo acordó publicar la matriz."),
    )
    for applies, field, reason, condition, example in needed:
        if applies and not getattr(minutes, field):
            place = document.at([reason])
            yield REQUIRED_HERE.at(document.source, place, field=field, condition=condition, example=example)


def _in_order(
    document: Places, holder: BaseModel, earlier: str, later: str, *, group: str | None = None
) -> Iterator[Diagnostic]:
    """Two dates of a record or of a group in it."""
    place = (group, later) if group else (later,)
    yield from _not_before(document, place, getattr(holder, later), earlier, getattr(holder, earlier))


def _not_before(
    document: Places, location: Sequence[str | int], then: _When | None, earlier: str, first: _When | None
) -> Iterator[Diagnostic]:
    """The date at a location and an earlier one. A partial date is reversed only if none of its days is in order."""
    if first and then and _is_before(then, first):
        facts = {"later": str(location[-1]), "later_date": str(then), "earlier": earlier, "earlier_date": str(first)}
        yield REVERSED_DATES.at(document.source, document.at(location), hint=None, fix=(), **facts)


def _is_before(then: _When, first: _When) -> bool:
    if isinstance(then, Moment) and isinstance(first, Moment) and then.time and first.time:
        return then < first
    day, start = (when.on if isinstance(when, Moment) else when for when in (then, first))
    return day.last < start.first
