"""What a record claims and what stands behind it: sources, voices, validation."""

from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text
from generator.library.repository import Repository, in_body
from generator.model.record import Record
from generator.reading.frontmatter import Document
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.practice import PROVEN, Practice

NO_SUCH_SOURCE = Rule(
    "KB311",
    "no-such-source",
    Severity.ERROR,
    Text("no hay fuente {number}: la ficha tiene {count}", "there is no source {number}: the record has {count}"),
    Text(
        "las fuentes se cuentan desde 1, en el orden de «sources»",
        "sources are counted from 1, in the order of “sources”",
    ),
)
CLAIM_WITHOUT_SOURCE = Rule(
    "KB312",
    "claim-without-source",
    Severity.ERROR,
    Text("se afirma «{claim}» sin decir la fuente", "“{claim}” is claimed without a source"),
    Text(
        "añada «source: …», o baje la afirmación a «claim: riesgo»",
        "add “source: …”, or lower the claim to “claim: riesgo”",
    ),
)
FEW_CASES = Rule(
    "KB313",
    "practice-not-proven",
    Severity.ERROR,
    Text("una práctica «{maturity}» necesita {lacking}", "a “{maturity}” practice needs {lacking}"),
    Text("complételo, o escriba «maturity: promising»", "complete it, or write “maturity: promising”"),
)
ONE_VOICE = Rule(
    "KB314",
    "perspectives-from-one-sector",
    Severity.WARNING,
    Text(
        "hay miradas de {count} sector(es) y hacen falta de al menos dos",
        "there are perspectives of {count} sector(s); at least two are needed",
    ),
    Text(
        "busque la voz de otro sector y añádala a «perspectives»; sin ella la ficha no puede pasar a «published»",
        "look for another sector's voice and add it to “perspectives”; without it the record cannot become “published”",
    ),
)
NOT_PUBLISHABLE = Rule(
    "KB315",
    "published-without-condition",
    Severity.ERROR,
    Text(
        "no puede estar en «status: published»: falta {lacking}",
        "it cannot be “status: published”: {lacking} is missing",
    ),
    Text("complételo o vuelva a «status: in-review»", "complete it or go back to “status: in-review”"),
)
ONE_SECTOR_OF_ACTORS = Rule(
    "KB316",
    "actors-from-one-sector",
    Severity.ERROR,
    Text("todos los actores son del mismo sector", "all actors are of the same sector"),
    Text(
        "un caso cuenta lo que pasó entre al menos dos sectores: añada el otro",
        "a case tells what happened between at least two sectors: add the other one",
    ),
)
NO_WAY_TO_VERIFY = Rule(
    "KB317",
    "agreement-without-verification",
    Severity.NOTE,
    Text(
        "el acuerdo {n} no dice cómo se sabrá que se cumplió", "agreement {n} does not say how we will know it was done"
    ),
    Text(
        "añada «verify_by: …» si puede decirse sin inventarlo",
        "add “verify_by: …” if it can be said without inventing it",
    ),
)
UNNAMED = Rule(
    "KB318",
    "nobody-named",
    Severity.ERROR,
    Text(
        "«{field}» no dice quién: falta «organization» o «name»",
        "“{field}” does not say who: “organization” or “name” is missing",
    ),
    Text("escriba uno de los dos", "write one of the two"),
)

_VALIDATION = Text("el campo «validation»", "field “validation”")
_TWO_CASES = Text("al menos dos casos en «used_in»", "at least two cases in “used_in”")
_REVIEWED = Text("«reviewed», con fecha y dos sectores distintos", "“reviewed”, with a date and two different sectors")
_VOICES = Text("la mirada de dos sectores en «perspectives»", "the perspective of two sectors in “perspectives”")


def check(repository: Repository) -> Iterator[Diagnostic]:
    for record, document in repository.shown():
        yield from _citations(record, document)
    for record in repository.library.records.values():
        yield from _source_numbers(repository, record)
        yield from _published(repository, record)
    for case, document in repository.of(Case):
        yield from _case(case, document)
    for practice, document in repository.of(Practice):
        yield from _practice(practice, document)
    for minutes, document in repository.of(Minutes):
        for index, agreement in enumerate(minutes.agreements):
            if agreement.verify_by is None and minutes.body_of != "external":
                yield NO_WAY_TO_VERIFY.at(document.source, document.at(["agreements", index, "n"]), n=agreement.n)


def _citations(record: Record, document: Document) -> Iterator[Diagnostic]:
    for span, numbers in record.body.citations:
        for number in numbers:
            if not 1 <= number <= len(record.sources):
                yield NO_SUCH_SOURCE.at(
                    document.source, in_body(document, span), number=number, count=len(record.sources)
                )


def _source_numbers(repository: Repository, record: Record) -> Iterator[Diagnostic]:
    for location, numbers in _cited(record, ()):
        for number in numbers:
            if not 1 <= number <= len(record.sources):
                source, span = repository.place(record, location)
                yield NO_SUCH_SOURCE.at(source, span, number=number, count=len(record.sources))


def _cited(holder: object, location: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], tuple[int, ...]]]:
    """Every `source:` of a record's parts, however deep."""
    for name in getattr(type(holder), "model_fields", {}):
        value = getattr(holder, name)
        if name == "source" and value:
            yield (*location, name), value
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                yield from _cited(entry, (*location, name, index))


def _case(case: Case, document: Document) -> Iterator[Diagnostic]:
    for index, risk in enumerate(case.corruption_risks):
        if risk.claim != "riesgo" and not risk.source:
            place = document.at(["corruption_risks", index, "claim"])
            yield CLAIM_WITHOUT_SOURCE.at(document.source, place, claim=risk.claim)
    if len({actor.sector for actor in case.actors}) < 2:
        yield ONE_SECTOR_OF_ACTORS.at(document.source, document.key(["actors"]))
    for index, actor in enumerate(case.actors):
        if not actor.organization and not actor.name:
            yield UNNAMED.at(document.source, document.at(["actors", index]), field="actors")
    voices = {perspective.sector for perspective in case.perspectives}
    if len(voices) < 2 and case.status != "published":
        yield ONE_VOICE.at(document.source, document.key(["perspectives"]), count=len(voices))


def _practice(practice: Practice, document: Document) -> Iterator[Diagnostic]:
    if practice.maturity not in PROVEN:
        return
    place = document.at(["maturity"])
    if len(set(practice.used_in)) < 2:
        yield FEW_CASES.at(document.source, place, maturity=practice.maturity, lacking=_TWO_CASES)
    if practice.validation is None:
        yield FEW_CASES.at(document.source, place, maturity=practice.maturity, lacking=_VALIDATION)


def _published(repository: Repository, record: Record) -> Iterator[Diagnostic]:
    reviewed = getattr(record, "reviewed", None)
    if record.status != "published" or "reviewed" not in type(record).model_fields:
        return
    source, span = repository.place(record, ["status"])
    if reviewed is None or len(set(reviewed.sectors)) < 2:
        yield NOT_PUBLISHABLE.at(source, span, lacking=_REVIEWED)
    if isinstance(record, Case) and len({perspective.sector for perspective in record.perspectives}) < 2:
        yield NOT_PUBLISHABLE.at(source, span, lacking=_VOICES)
