"""People's names where an organisation's is meant, and beside a risk of corruption."""

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Span, Text
from generator.library.references import Location, names_of_organizations, texts_of
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
_SHORT, _LONG = "Sr|Sra|Srta|Dr|Dra|Ing|Lic|Mg|Abog|Econ|Prof|Mr|Mrs|Ms", "[Dd]on|[Dd]oña|[Ss]eñora?"
_TITLE = re.compile(rf"\b(?:{_SHORT})\b\.?|\b(?:{_LONG})\b")
_BEGINNING, _WORD = re.compile(f"{_SHORT}|{_LONG}|{_GIVEN}"), re.compile(r"\w+")
_NAME = re.compile(
    rf"(?:{_TITLE.pattern})"
    rf" {_CAPITAL}(?: {_CAPITAL})*|\b(?:{_GIVEN})(?: (?:{_CAPITAL}|[A-Z]\.))?(?: (?:de|del|la|los|las|y))*"
    rf" {_CAPITAL}(?: {_CAPITAL})*"
    rf"|{_CAPITAL}(?: {_CAPITAL})?, (?:{_GIVEN})\b"
)
_OF_MANY = re.compile(
    r"\b(?:asociaci|agrup|centro|centre|center|coleg|colectiv|collective|comisi|comit|commi|commun|comun|consejo|consult|coopera"
    r"|council|diari|distri|editor|empresa|equipo|escuela|federa|fondo|fund|foundation|gobierno|government|grupo|group|institu|junta"
    r"|mesa|minera|mining|municip|observator|ong|organi|portal|provinc|radio|red\b|revista|school|sindicat|team|union"
    r"|universi|vecinos)|(?-i:[A-Z]{2,})|S\.\s?A",
    re.IGNORECASE,
)


_FAR = 80
_ITS_OWN = re.compile(
    rf"(?:(?:{_OF_MANY.pattern})\w*(?: (?:educativa|nacional|particular|privada|regional|superior|t[eé]cnic[ao]))*"
    r"|\b(?:aeropuerto|airport|av|avenida|bridge|calle|dam|distrito|district|estadio|hospital|jir[oó]n|jr|law|ley|parque"
    r"|park|plaza|premio|prize|puente|represa|san|santa|santo|square|street)\b\.?(?: (?:de|del|la|el|of))*) [«“]?$",
    re.IGNORECASE,
)
"""What stands before a person's name that an organisation, a place or a prize bears."""


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    if not getattr(record, "consent", None):
        for location, name in names_of_organizations(record):
            found = _NAME.search(name)
            if found and not _OF_MANY.search(name[: found.end()]):
                yield from _at(PERSON, document, location, found[0])
    if isinstance(record, Case) and record.corruption_risks:
        yield from _accused(record, document)


def person_in(text: str) -> str | None:
    """The first name of a person in running text; not one that a place or an organisation bears."""
    for found in _NAME.finditer(text):
        if _TITLE.match(found[0]) or not (
            _OF_MANY.search(found[0]) or _ITS_OWN.search(text[max(0, found.start() - _FAR) : found.start()])
        ):
            return found[0]
    return None


@lru_cache(maxsize=65_536)
def _may_begin_a_name(word: str) -> bool:
    return bool(_BEGINNING.fullmatch(word))


def _accused(case: Case, document: Places) -> Iterator[Diagnostic]:
    """Whoever is named anywhere on the page of a case that speaks of such risks is named beside them."""
    beginnings = [word for word in set(_WORD.findall(document.source.text)) if _may_begin_a_name(word)]
    if not beginnings:
        return  # most files end here: to look for whole names takes many times longer
    for location, text in texts_of(case):
        if not any(word in text for word in beginnings):
            continue
        is_risk = location[0] == "corruption_risks"
        if name := next(_NAME.finditer(text), [None])[0] if is_risk else person_in(text):
            yield from _at(ACCUSED, document, location, name)
    for paragraph in re.finditer(r"[^\n]+(?:\n[^\n]+)*", case.body.text):
        if person_in(" ".join(paragraph[0].split())):
            start = document.body.start + paragraph.start()
            yield ACCUSED.at(document.source, Span(start, start + len(paragraph[0])))


def _at(rule: Rule, document: Places, location: Location, name: str) -> Iterator[Diagnostic]:
    """At the name itself; nowhere in a translation that leaves it to the original."""
    place = document.at(location)
    words = re.search(r"\s+".join(map(re.escape, name.split())), document.source.text[place.start : place.end])
    if words:
        yield rule.at(document.source, Span(place.start + words.start(), place.start + words.end()))
