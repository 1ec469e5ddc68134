"""People's names where an organisation's is meant, and beside a risk of corruption."""

import re
from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Span, Text
from generator.library.references import Location, names_of_organizations
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Places
from generator.records.case import Case

PERSON = Rule(
    "KB806",
    "person-for-organization",
    Severity.WARNING,
    Text("aquí parece estar el nombre de una persona", "this looks like a person's name"),
    Text(
        "nombre su organización o su equipo; si dio su permiso, añada «consent: {{basis: …, date: …}}»",
        "name the organisation or the team; if the person gave leave, add “consent: {{basis: …, date: …}}”",
    ),
    secret=True,
)
ACCUSED = Rule(
    "KB807",
    "person-beside-a-risk",
    Severity.ERROR,
    Text("junto a un riesgo de corrupción hay un nombre de persona", "a person's name stands beside a corruption risk"),
    Text(
        "diga en qué paso y en qué organismo, nunca quién: ni con fuente ni con permiso",
        "say at which step and in which body, never who: neither with a source nor with leave",
    ),
    secret=True,
)
_CAPITAL = "[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+"
_GIVEN = (
    "Adri[aá]n|Alan|Alberto|Alejandr[ao]|Alfredo|Ana|Andrea|Andr[eé]s|[AÁ]ngel|Antonio|Arturo|Beatriz|Carla|Carlos|Carmen"
    "|Carolina|C[eé]sar|Claudi[ao]|Daniel|David|Diego|Edgar|Eduardo|Elena|Elizabeth|Enrique|Ernesto|Esther|Felipe"
    "|Fernando|Francisco|Gabriela?|Gloria|Gustavo|H[eé]ctor|Hugo|Ignacio|Iv[aá]n|Jaime|Javier|Jes[uú]s|John|Jorge|Jos[eé]"
    "|Juan|Juana|Julia|Julio|Karina|Laura|Luc[ií]a|Luis|Luisa|Manuel|Marco|Marcos|Margarita|Mar[ií]a|Mario|Mart[ií]n|Mary"
    "|Miguel|M[oó]nica|[OÓ]scar|Pablo|Patricia|Pedro|Percy|Rafael|Ra[uú]l|Ricardo|Robert|Roberto|Rosa|Rub[eé]n|Sandra"
    "|Santiago|Sergio|Silvia|Sof[ií]a|Susana|Teresa|Vanessa|V[ií]ctor|Walter|William|Zenaida"
)
_NAME = re.compile(
    rf"(?:\b(?:Sr|Sra|Srta|Dr|Dra|Ing|Lic|Mg|Abog|Econ|Prof|Mr|Mrs|Ms)\b\.?|\b(?:[Dd]on|[Dd]oña|[Ss]eñora?))"
    rf" {_CAPITAL}(?: {_CAPITAL})*|\b(?:{_GIVEN})(?: (?:{_CAPITAL}|[A-Z]\.))?(?: (?:de|del|la|los|las|y))*"
    rf" {_CAPITAL}(?: {_CAPITAL})*"
    rf"|{_CAPITAL}(?: {_CAPITAL})?, (?:{_GIVEN})\b"
)
_OF_MANY = re.compile(
    r"\b(?:asociaci|agrup|centro|centre|center|coleg|colectiv|collective|comisi|comit|commi|commun|comun|consult|coopera"
    r"|diari|distri|editor|empresa|equipo|escuela|federa|fondo|fund|foundation|gobierno|government|grupo|group|institu|junta"
    r"|mesa|minera|mining|municip|observator|ong|organi|portal|provinc|radio|red\b|revista|school|sindicat|team|union"
    r"|universi|vecinos)|(?-i:[A-Z]{2,})|S\.\s?A",
    re.IGNORECASE,
)


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    if not getattr(record, "consent", None):
        for location, name in names_of_organizations(record):
            if not _OF_MANY.search(name) and (found := _NAME.match(name)):
                yield from _at(PERSON, document, location, found[0])
    if isinstance(record, Case):
        for index, risk in enumerate(record.corruption_risks):
            for found in _NAME.finditer(risk.where):
                yield from _at(ACCUSED, document, ("corruption_risks", index, "where"), found[0])


def _at(rule: Rule, document: Places, location: Location, name: str) -> Iterator[Diagnostic]:
    """At the name itself; nowhere in a translation that leaves it to the original."""
    place = document.at(location)
    words = re.search(r"\s+".join(map(re.escape, name.split())), document.source.text[place.start : place.end])
    if words:
        yield rule.at(document.source, Span(place.start + words.start(), place.start + words.end()))
