"""Personal data in a text, by its form: identity numbers, telephones, mailboxes (Peru's Ley 29733).

What is found is never repeated: its place is enough for who wrote it, and a report is read by others.
"""

import re
from collections.abc import Iterable, Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Source, Span, Text

_WAYS_OUT = Text(
    "bórrelo; si la persona dio su permiso o la ley obliga, añada «consent: {{basis: …, date: …}}» a la ficha",
    "delete it; if the person gave leave or the law demands it, add “consent: {{basis: …, date: …}}” to the record",
)
IDENTITY_NUMBER = Rule(
    "KB801",
    "identity-number",
    Severity.ERROR,
    Text("aquí hay un número de documento de identidad", "there is an identity document's number here"),
    _WAYS_OUT,
    secret=True,
)
TELEPHONE = Rule(
    "KB802",
    "telephone-number",
    Severity.ERROR,
    Text("aquí hay un número de teléfono", "there is a telephone number here"),
    _WAYS_OUT,
    secret=True,
)
MAILBOX = Rule(
    "KB803",
    "personal-mailbox",
    Severity.ERROR,
    Text("aquí hay un correo que parece de una persona", "there is an e-mail address here that looks like a person's"),
    _WAYS_OUT,
    secret=True,
)
TELLING_NAME = Rule(
    "KB804",
    "telling-file-name",
    Severity.WARNING,
    Text(
        "por su nombre, este archivo parece tener firmas o una lista de personas",
        "by its name, this file seems to hold signatures or a list of people",
    ),
    Text(
        "no lo publique: ponga los totales en la ficha; si no las tiene, cámbiele el nombre",
        "do not publish it: put the totals in the record; if it holds none, give it another name",
    ),
)

_SHAPE = bytes(48 if 48 <= byte < 58 else 32 if byte in b".-" else byte for byte in range(256))
_TELLING = re.compile(
    r"\b(?:firmas?|rubricas?|dnis?|padron(?:es)?|asistentes|(?:lista|registro|hoja)-(?:de-)?(?:asist|participantes)|asistencia(?!-tecnica)|sign(?:atures?|in)|attendance)"
)
_HINTS = (
    b"00000000",
    b"000 000 0",
    b"00 000 000",
    b"00 000000",
    b"00 000 0000",
    b"000 00 0000",
    b"00000 0000",
    b"+00",
    b"@",
)
"""What a text with personal data has, once every digit is 0, points and hyphens are spaces, and brackets are gone."""

_BEFORE = r"(?:(?<![\w/=.,%#?&+-])|(?<=[º°]))"
_AFTER = r"(?![\w/=%-]|[.,]\d)"
"""Part of no word, address, amount or code."""
_IDENTITY = re.compile(
    rf"{_BEFORE}(?:\d{{2}}(?P<by>[ .-]?)\d{{3}}(?P=by)\d{{3}}(?P<letter>-[A-K])?(?:-\d)?|(?P<foreign>\d{{9}})){_AFTER}"
)
_TELEPHONE = re.compile(
    rf"{_BEFORE}(?:(?:(?P<abroad>\+51[ .-]?)|51 ?)?9\d{{2}}(?P<by>[ .-]?)\d{{3}}(?P=by)\d{{3}}"
    rf"|\+51[ .-]?[1-8]\d?[ .-]?\d{{3}}[ .-]?\d{{3,4}}|\(0(?:1|[4-8]\d)\)[ .-]?\d{{2,3}}[ .-]?\d{{3,4}}"
    rf"|0(?:1[ -]\d|[4-8]\d[ -])\d{{2,3}}[ .-]?\d{{3,4}}){_AFTER}"
)
_MAIL = re.compile(r"(?<![\w./+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}", re.IGNORECASE)
_OF_AN_OFFICE = re.compile(
    r"(?:mesa|tramite|contact|info|transparencia|prensa|comunica|imagen|secretaria|consulta|participa|datos|press|office"
    r"|acceso|denuncia|oficina|webmaster|soporte)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\bD\.?\s?N\.?\s?I\b|\bdocumento|\bidentidad|\bidentity\b|\bID (?:card|number)", re.IGNORECASE)
_LEADS_TO_IT = re.compile(r"\b(?:D\.?\s?N\.?\s?I\b\.?|identidad)\s*(?:N\.?\s?[°ºo]?\.?)?\s*:?\s*$", re.IGNORECASE)
"""Over the end of a line too."""
_OF_A_FOREIGNER = re.compile(r"extranjer|pasaporte|passport|\bC\.?\s?E\b", re.IGNORECASE)
_AS_TYPED = {" ": "\u00a0\u2007\u2009\u202f", "-": "\u2010\u2011\u2012\u2013"}
"""What programs put in place of a space or a hyphen."""
_OTHER_NUMBER = re.compile(
    r"(?:S/|\$|\bPEN\b|\bUSD|amount:|\b(?:monto|ley|decreto|resoluci[oó]n|expediente|oficio|c[oó]digo|code|SNIP|CUI|ubigeo|RUC)\b)"
    r"[^\n\d]{0,12}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*(?:nuevos\s+)?(?:soles|d[oó]lares|dollars|toneladas|tonnes|millones|mil\b|m3|ha\b|habitantes)", re.IGNORECASE
)
_RUN = re.compile(r"[0-9+(][0-9 .()+-]{6,}")
_DATE = re.compile(r"(?:19|20)[0-9]{2}-[01][0-9](?:-[0-3][0-9])? ?")
"""Every record is full of them."""
_NEAR = 40
CONSENT = re.compile(r"\nconsent:(?:\s*\{|(?:[ \t]*(?:#.*)?\n)+[ \t]+[^\s#])")
"""A record that says why it may name a person; whether that is well said is for those who read it to judge. A field
left empty says nothing.
"""


def find(source: Source, *, is_table: bool = False) -> tuple[Diagnostic, ...]:
    """What is personal in a text, by place. In a table, commas part cells and the first line says what they hold."""
    text = source.text.replace(",", ";") if is_table else source.text
    if not text.isascii():
        for typed, others in _AS_TYPED.items():
            for other in others:  # many times faster than to translate
                text = text.replace(other, typed)
    shape = text.encode().translate(_SHAPE, b"()")
    if not any(hint in shape for hint in _HINTS):
        return ()
    runs = [run.span() for run in _RUN.finditer(text) if not _DATE.fullmatch(run[0])]
    documents = is_table and bool(_DOCUMENT.search(text.partition("\n")[0]))
    found = [(TELEPHONE, match) for match in _numbers(_TELEPHONE, text, runs) if match["abroad"] or _is_free(match)]
    found += [(IDENTITY_NUMBER, match) for match in _numbers(_IDENTITY, text, runs) if documents or _identifies(match)]
    if "@" in text:
        found += [(MAILBOX, match) for match in _MAIL.finditer(text) if not _OF_AN_OFFICE.match(match[0])]
    return tuple(rule.at(source, Span(*match.span())) for rule, match in found)


def _numbers(pattern: re.Pattern[str], text: str, runs: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Looks only where digits are, and a little beyond, where a letter or a unit may follow."""
    for start, end in runs:
        yield from pattern.finditer(text, start, end + 3)


def _is_free(match: re.Match[str]) -> bool:
    """Whether the words around do not say that a number is an amount or the number of a file or a law."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return not _OTHER_NUMBER.search(before) and not _COUNTED.match(match.string, match.end())


def _identifies(match: re.Match[str]) -> bool:
    line = match.string.rfind("\n", 0, match.start()) + 1
    before = match.string[max(line, match.start() - _NEAR) : match.start()]
    after = match.string[match.end() : match.end() + _NEAR // 2].partition("\n")[0]
    if match["foreign"]:
        return bool(_OF_A_FOREIGNER.search(before)) and _is_free(match)
    leads = _LEADS_TO_IT.search(match.string, max(0, match.start() - _NEAR), match.start())
    told = match["letter"] or leads or _DOCUMENT.search(before) or re.search(r"\bDNI\b", after)
    return bool(told) and _is_free(match)


def telling_name(path: str) -> Iterator[Diagnostic]:
    if _TELLING.search(path.rpartition("/")[2]):
        yield TELLING_NAME.at(Source(path, ""), Span(0, 0))
