"""What a record claims and what stands behind it: sources, voices, validation."""

from collections.abc import Iterable, Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Span, Text
from generator.library.references import source_numbers
from generator.library.repository import in_body
from generator.model.entry import Entry
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Places
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.practice import PROVEN, Practice

NO_SUCH_SOURCE = Rule(
    "KB311",
    "no-such-source",
    Severity.ERROR,
    Text("no hay fuente {number}: la ficha tiene {count}", "there is no source {number}: the record has {count}"),
    Text(
        "las fuentes se cuentan desde 1, en el orden de «sources»: corrija el número o añada la fuente",
        "sources are counted from 1, in the order of “sources”: correct the number or add the source",
    ),
)
CLAIM_WITHOUT_SOURCE = Rule(
    "KB312",
    "claim-without-source",
    Severity.ERROR,
    Text("se afirma «{claim}» sin decir la fuente", "“{claim}” is claimed without a source"),
    Text(
        "añada «source: 1», con el número de la fuente en «sources», o escriba «claim: riesgo»",
        "add “source: 1”, with the source's number in “sources”, or write “claim: riesgo”",
    ),
)
NOT_OFFICIAL = Rule(
    "KB808",
    "claim-without-official-source",
    Severity.ERROR,
    Text(
        "se afirma «{claim}» y ninguna de sus fuentes es de un organismo del Estado",
        "“{claim}” is claimed, and none of its sources is a state body's",
    ),
    Text(
        "cite el informe o la resolución misma, con su «sector»; si solo lo cuenta otro, escriba «claim: denuncia»",
        "cite the report or the ruling itself, with its “sector”; if only others tell of it, write “claim: denuncia”",
    ),
)
FEW_CASES = Rule(
    "KB313",
    "practice-not-proven",
    Severity.ERROR,
    Text("una práctica «{maturity}» necesita {lacking}", "a “{maturity}” practice needs {lacking}"),
    Text(
        "complételo o, mientras tanto, escriba «maturity: promising»",
        "add it or, until then, write “maturity: promising”",
    ),
)
ONE_VOICE = Rule(
    "KB314",
    "perspectives-from-one-sector",
    Severity.WARNING,
    Text("{voices}, y hacen falta las de al menos dos", "{voices}; those of at least two are needed"),
    Text(
        "busque qué sostiene otro sector y añádalo a «perspectives»; sin eso la ficha no puede pasar a «published»",
        "look for what another sector holds and add it to “perspectives”; without it the record cannot be “published”",
    ),
)
NOT_PUBLISHABLE = Rule(
    "KB315",
    "published-without-condition",
    Severity.ERROR,
    Text("la ficha no puede estar en «published» sin {lacking}", "the record cannot be “published” without {lacking}"),
    Text("añádalo o, mientras tanto, escriba «status: in-review»", "add it or, until then, write “status: in-review”"),
)
ONE_SECTOR_OF_ACTORS = Rule(
    "KB316",
    "actors-from-one-sector",
    Severity.ERROR,
    Text("todos los actores son del mismo sector", "all actors are of the same sector"),
    Text(
        "un caso cuenta lo que pasó entre al menos dos sectores: añada un actor del otro",
        "a case tells what happened between at least two sectors: add an actor of the other one",
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
        "añada «verify_by: …» con una prueba que otros puedan ver, si puede decirse sin inventarla",
        "add “verify_by: …” with evidence that others can see, if it can be said without inventing it",
    ),
)
UNNAMED = Rule(
    "KB318",
    "nobody-named",
    Severity.ERROR,
    Text(
        "esta entrada de «{field}» no dice quién: falta «organization» o «name»",
        "this entry of “{field}” does not say who: “organization” or “name” is missing",
    ),
    Text(
        "escriba «organization: …» con el nombre del archivo de su ficha o, si no tiene, «name: …»",
        "write “organization: …” with the name of its record's file or, if it has none, “name: …”",
    ),
)

_OFFICIAL_CLAIMS = ("hallazgo-oficial", "sentencia-firme")
_STATE = ("gobierno-nacional", "gobierno-subnacional")
_VALIDATION = Text("el campo «validation»", "field “validation”")
_TWO_CASES = Text("al menos dos casos en «used_in»", "at least two cases in “used_in”")
_REVIEWED = Text(
    "un «reviewed» con fecha y dos sectores distintos", "a “reviewed” with a date and two different sectors"
)
_VOICES = Text("la mirada de dos sectores en «perspectives»", "the perspective of two sectors in “perspectives”")
_NO_VOICE = Text("no hay miradas de ningún sector", "there is no sector's perspective")
_SAME_VOICE = Text("las miradas son de un solo sector", "the perspectives are of one sector only")


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    for place, number in _unknown_sources(record, document):
        yield NO_SUCH_SOURCE.at(document.source, place, number=number, count=len(record.sources))
    if record.origin.translation_path:
        return
    if isinstance(record, Entry) and record.status == "published":
        yield from _published(record, document)
    yield from _nobody_named(record, document)
    if isinstance(record, Case):
        yield from _case(record, document)
    elif isinstance(record, Practice):
        yield from _practice(record, document)
    elif isinstance(record, Minutes):
        for index, agreement in enumerate(record.agreements):
            if agreement.verify_by is None and record.body_of != "external":
                yield NO_WAY_TO_VERIFY.at(document.source, document.at(["agreements", index, "n"]), n=agreement.n)


def _unknown_sources(record: Record, document: Places) -> Iterator[tuple[Span, int]]:
    """Numbers that no source has, in the text and in fields; a translation's fields are its original's."""
    known = range(1, len(record.sources) + 1)
    for span, numbers in record.body.citations:
        yield from ((in_body(document, span), number) for number in numbers if number not in known)
    for location, numbers in () if record.origin.translation_path else source_numbers(record):
        for index, number in enumerate(numbers):
            if number not in known:
                yield document.at((*location, index)), number


def _case(case: Case, document: Places) -> Iterator[Diagnostic]:
    for index, risk in enumerate(case.corruption_risks):
        place = ("corruption_risks", index, "claim")
        if risk.claim != "riesgo" and not risk.source:
            yield CLAIM_WITHOUT_SOURCE.at(document.source, document.at(place), claim=risk.claim)
        elif risk.claim in _OFFICIAL_CLAIMS and not _cites_the_state(case, risk.source or ()):
            yield NOT_OFFICIAL.at(document.source, document.at(place), claim=risk.claim)
    if len({actor.sector for actor in case.actors}) < 2:
        yield ONE_SECTOR_OF_ACTORS.at(document.source, document.key(["actors"]))
    voices = {perspective.sector for perspective in case.perspectives}
    if len(voices) < 2 and case.status != "published":
        told = _SAME_VOICE if voices else _NO_VOICE
        yield ONE_VOICE.at(document.source, document.key(["perspectives"]), voices=told)


def _cites_the_state(case: Case, numbers: Iterable[int]) -> bool:
    return any(case.sources[number - 1].sector in _STATE for number in numbers if 1 <= number <= len(case.sources))


def _nobody_named(record: Record, document: Places) -> Iterator[Diagnostic]:
    for field in ("authors", "actors"):
        for index, entry in enumerate(getattr(record, field, ())):
            if not entry.organization and not entry.name:
                yield UNNAMED.at(document.source, document.at([field, index]), field=field)


def _practice(practice: Practice, document: Places) -> Iterator[Diagnostic]:
    if practice.maturity not in PROVEN:
        return
    for needed in lacking(practice):
        yield FEW_CASES.at(document.source, document.at(["maturity"]), maturity=practice.maturity, lacking=needed)


def lacking(practice: Practice) -> Iterator[Text]:
    """What a practice does not have and needs to be called good."""
    if len(set(practice.used_in)) < 2:
        yield _TWO_CASES
    if practice.validation is None:
        yield _VALIDATION


def _published(record: Entry, document: Places) -> Iterator[Diagnostic]:
    source, span = document.source, document.at(["status"])
    if record.reviewed is None or len(set(record.reviewed.sectors)) < 2:
        yield NOT_PUBLISHABLE.at(source, span, lacking=_REVIEWED)
    if isinstance(record, Case) and len({perspective.sector for perspective in record.perspectives}) < 2:
        yield NOT_PUBLISHABLE.at(source, span, lacking=_VOICES)
