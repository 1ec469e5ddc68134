"""What goes out of a meeting under the Chatham House rule tells in no words how many were there."""

import re
from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text, plain
from generator.checks.anonymity import said_in_public
from generator.library.repository import Repository

COUNTED = Rule(
    "KB823",
    "counted-under-chatham-house",
    Severity.ERROR,
    Text(
        "«{words}» dice cuántos estuvieron, y la reunión siguió la regla de Chatham House",
        "“{words}” tells how many were there, and the meeting followed the Chatham House rule",
    ),
    Text(
        "quite la cifra: las cuentas por sector van en «attendance», donde «<3» protege a los pocos",
        "take the figure out: counts by sector stand in “attendance”, where “<3” protects the few",
    ),
)
_NUMBER = (
    r"(?:\d{1,3}|una?|(?:un par|(?:media|una) docena|una decena)(?: de)?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
    r"|diez|once|doce|trece|catorce|quince|dieci\w+|veint\w+|(?:treinta|cuarenta)(?: y \w+)?|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for)ty(?:[- ]\w+)?|a dozen)"
)
_WHO = (
    r"(?:\w+ )?(?:person|gente|people|asistent|attendee|participant|representa|delega|miembro|member|integrante|mujer"
    r"|hombre|varon|wom[ae]n|m[ae]n\b|empresa|compan|mineras?\b|comunidad|communit|municip|autorid|authorit|alcald|mayor"
    r"|organi[sz]aci|institu|universi|medios?\b|ongs?\b|ngos?\b|gremio|entidad|ministeri|funcionari|official|periodist"
    r"|journalist|docente|estudiant|student|dirigent|leader|vecin)\w*"
)
_WERE = (
    r"\b(?:asisti(?:eron|o|mos)|con (?:la )?(?:asistencia|participacion|presencia) de|participa(?:ron|mos)|participo"
    r"|acudi(?:eron|o)|concurri(?:eron|o)|estuv(?:o|imos|ieron)|eramos|fuimos|vinieron|se reuni(?:o|eron)|reunidos"
    r"|presentes?|attend(?:ed|ance of)|took part|joined|participated|we were|were there|gathered|met with)\b"
)
_NEAR = r"(?:[^.;:\n]{0,60}?\s)?"
_BARE = r"\b(?:asistieron|participaron|acudieron|eramos|fuimos|we were|attended(?: by)?)"
_COUNT = re.compile(
    rf"{_WERE} {_NEAR}{_NUMBER} {_WHO}|\b{_NUMBER} {_WHO} {_NEAR}{_WERE}"
    rf"|{_BARE} {_NUMBER}\s*(?:$|[.,;:)]| y | and )"
    rf"|\b{_NUMBER} (?:asistentes|participantes|presentes|attendees|participants)\b"
)
"""In a text in plain letters: being there, and a number of those who can be."""


def check(repository: Repository) -> Iterator[Diagnostic]:
    for _, places, location, text in said_in_public(repository):
        if found := _COUNT.search(plain(text)):
            yield COUNTED.at(places.source, places.at(location), words=found[0])
