"""Fields that must agree with each other: dates in order, places for a country, the stages of minutes."""

from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text
from generator.library.repository import Repository
from generator.model.entry import Entry
from generator.reading.frontmatter import Document
from generator.records.case import Case
from generator.records.minutes import Minutes

REVERSED_DATES = Rule(
    "KB319",
    "reversed-dates",
    Severity.ERROR,
    Text(
        "«{later}» ({later_date}) es anterior a «{earlier}» ({earlier_date})",
        "“{later}” ({later_date}) is before “{earlier}” ({earlier_date})",
    ),
    Text("revise cuál de las dos fechas está mal", "check which of the two dates is wrong"),
)
REQUIRED_HERE = Rule(
    "KB320",
    "required-here",
    Severity.ERROR,
    Text("falta «{field}», obligatorio cuando {condition}", "“{field}” is missing, required when {condition}"),
    Text("añada «{field}: {example}»", "add “{field}: {example}”"),
)
SHOUTED_TITLE = Rule(
    "KB321",
    "title-in-capitals",
    Severity.ERROR,
    Text("el título está todo en mayúsculas", "the title is all in capitals"),
    Text("escríbalo como una frase: «{better}»", "write it as a sentence: “{better}”"),
)
REPEATED_NUMBER = Rule(
    "KB322",
    "repeated-agreement-number",
    Severity.ERROR,
    Text("hay dos acuerdos con el número {n}", "there are two agreements with number {n}"),
    Text(
        "el número es parte de su dirección permanente: déle otro al segundo",
        "the number is part of its permanent address: give the second another one",
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
    Text("llámelo «{better}.md»", "call it “{better}.md”"),
)


def check(repository: Repository) -> Iterator[Diagnostic]:
    for record in repository.library.records.values():
        if isinstance(record, Entry):
            yield from _entry(record, repository.document(record))
    for case, document in repository.of(Case):
        yield from _case(case, document)
    for minutes, document in repository.of(Minutes):
        yield from _minutes(minutes, document)


def _entry(entry: Entry, document: Document) -> Iterator[Diagnostic]:
    if entry.updated and entry.updated.last < entry.created.first:
        yield _reversed(document, "updated", str(entry.updated), "created", str(entry.created))
    if entry.title.isupper():
        yield SHOUTED_TITLE.at(document.source, document.at(["title"]), better=entry.title.capitalize())


def _case(case: Case, document: Document) -> Iterator[Diagnostic]:
    period = case.period
    if period.end and period.end.last < period.start.first:
        yield _reversed(document, "end", str(period.end), "start", str(period.start), "period")
    if "PE" in case.countries and not case.places:
        condition = Text("el país es PE", "the country is PE")
        yield REQUIRED_HERE.at(
            document.source, document.at(["countries"]), field="places", condition=condition, example="[1801]"
        )
    if not period.end and not period.ongoing:
        condition = Text("el caso no tiene fecha de fin", "the case has no end date")
        yield REQUIRED_HERE.at(
            document.source, document.at(["period"]), field="ongoing", condition=condition, example="yes"
        )


def _minutes(minutes: Minutes, document: Document) -> Iterator[Diagnostic]:
    if minutes.end and minutes.end.on.last < minutes.start.on.first:
        yield _reversed(document, "end", str(minutes.end), "start", str(minutes.start))
    if not minutes.id.startswith(minutes.start.on.text):
        better = f"{minutes.start.on}-{minutes.id.lstrip('0123456789-')}".rstrip("-")
        yield DATE_NOT_IN_NAME.at(document.source, document.at(["start"]), better=better)
    seen: set[int] = set()
    for index, agreement in enumerate(minutes.agreements):
        if agreement.n in seen:
            yield REPEATED_NUMBER.at(document.source, document.at(["agreements", index, "n"]), n=agreement.n)
        seen.add(agreement.n)
    own = Text("la reunión es de la comunidad", "the meeting is the community's own")
    approved = Text("el acta está aprobada", "the minutes are approved")
    window = Text("el acta está abierta a observaciones", "the minutes are open to amendments")
    status = minutes.minutes_status
    needed = (
        (minutes.body_of != "external", "minutes_status", status, own, "draft"),
        (
            minutes.body_of != "external" and minutes.state == "held",
            "attendance",
            minutes.attendance,
            own,
            "{total: 18}",
        ),
        (status == "amendment-window", "amendments_until", minutes.amendments_until, window, "2026-01-15"),
        (status in ("approved", "corrected"), "approved_on", minutes.approved_on, approved, "2026-01-20"),
        (
            minutes.body_of == "external",
            "sources",
            minutes.sources or None,
            Text("la reunión es de otro espacio", "the meeting is another space's"),
            "[{title: …}]",
        ),
    )
    for applies, field, value, condition, example in needed:
        if applies and value is None:
            yield REQUIRED_HERE.at(
                document.source, document.at(["body_of"]), field=field, condition=condition, example=example
            )


def _reversed(  # noqa: PLR0913  # two names, two dates, one group
    document: Document, later: str, later_date: str, earlier: str, earlier_date: str, group: str = ""
) -> Diagnostic:
    location = [group, later] if group else [later]
    return REVERSED_DATES.at(
        document.source,
        document.at(location),
        later=later,
        later_date=later_date,
        earlier=earlier,
        earlier_date=earlier_date,
    )
