"""Turns a YAML parser's complaint into words an editor can act on."""

import re
from collections.abc import Callable

import yaml

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Edit, Source, Span, Text
from generator.reading.characters import BULLETS
from generator.reading.yamllines import FIELD, Failure, in_quotes, quoted_line, value_at

YAML_FEATURE = Rule(
    "KB206",
    "yaml-feature-refused",
    Severity.ERROR,
    Text("«{found}» es {feature} de YAML y aquí no se usa", "“{found}” is {feature} of YAML, which is not used here"),
    Text(
        "si es parte del texto, póngalo entre comillas: {quoted}",
        "if it is part of the text, put it in quotes: {quoted}",
    ),
)
SYNTAX = Rule(
    "KB210",
    "yaml-syntax",
    Severity.ERROR,
    Text("a partir de aquí no se entiende lo escrito", "what is written from here on cannot be understood"),
    Text(
        "cada línea es «campo: valor»; revise la sangría, las comillas y los corchetes de esta línea y la anterior",
        "each line is “field: value”; check indentation, quotes and brackets on this line and the one before",
    ),
)
COLON_IN_VALUE = Rule(
    "KB211",
    "colon-in-value",
    Severity.ERROR,
    Text("hay dos puntos dentro del texto de «{field}»", "there is a colon inside the text of “{field}”"),
    Text("ponga el texto entre comillas: {quoted}", "put the text in quotes: {quoted}"),
)
TAB = Rule(
    "KB212",
    "tab-character",
    Severity.ERROR,
    Text("hay un tabulador en la sangría", "there is a tab in the indentation"),
    Text("cámbielo por dos espacios", "replace it with two spaces"),
)
CURLY_QUOTES = Rule(
    "KB213",
    "curly-quotes",
    Severity.ERROR,
    Text(
        "las comillas de «{field}» son tipográficas ({quote}) y no rectas",
        "the quotes of “{field}” are curly ({quote}), not straight",
    ),
    Text("escriba comillas rectas: {quoted}", "type straight quotes: {quoted}"),
)
MISSING_SPACE = Rule(
    "KB214",
    "missing-space-after-colon",
    Severity.ERROR,
    Text("falta un espacio después de los dos puntos de «{field}»", "a space is missing after the colon of “{field}”"),
    Text("escriba «{field}: {value}»", "write “{field}: {value}”"),
)
UNCLOSED_QUOTE = Rule(
    "KB215",
    "unclosed-quote",
    Severity.ERROR,
    Text("se abre una comilla ({quote}) que no se cierra", "a quote ({quote}) is opened and not closed"),
    Text("ponga {quote} al final del texto de esta línea", "put {quote} at the end of this line's text"),
)

ANCHOR = Text("un ancla", "an anchor")
ALIAS = Text("una referencia", "an alias")
ESCAPE = Text("un carácter escrito en clave", "a character written in code")
TAG = Text("una etiqueta de tipo", "a tag")
MERGE = Text("una clave de fusión", "a merge key")
_RESERVED = Text("un signo reservado", "a reserved sign")

_ALL_IN_QUOTES = Text("ponga todo el texto entre comillas: {quoted}", "put the whole text in quotes: {quoted}")
_BACKSLASH = Text(
    "entre comillas dobles «\\» es un signo especial; use comillas simples: {quoted}",
    "between double quotes “\\” is a special sign; use single quotes: {quoted}",
)
_NOT_CLOSED = Text(
    "se abre «{opened}» y no se cierra: ponga «{closed}»", "“{opened}” is opened and not closed: put “{closed}”"
)
_BLOCK_TEXT = Text(
    "después de «{sign}» el texto empieza en la línea siguiente, con dos espacios delante",
    "after “{sign}” the text starts on the next line, after two spaces",
)
_LOOSE_LINE = Text(
    "cada línea es «campo: valor»; si esta sigue el texto de la anterior, póngale dos espacios delante",
    "each line is “field: value”; if this one continues the text of the one before, put two spaces before it",
)
_INDENTATION = Text(
    "los campos de un grupo empiezan en la misma columna: revise los espacios al comienzo de esta línea y la anterior",
    "fields of a group start in the same column: check the spaces at the start of this line and the one before",
)
_ODD_SPACE = Text(
    "aquí hay un espacio especial, de los que traen Word o WhatsApp: bórrelo y escriba uno común",
    "here is a special space, as Word or WhatsApp bring: delete it and type a common one",
)
_LIST_SIGN = Text(
    "cada entrada de una lista empieza con un guion corto y un espacio: «{line}»",
    "each entry of a list starts with a short hyphen and a space: “{line}”",
)

_NAME = r"[^\W\d][\w-]*"
_ODD = re.compile(r"[^\S \t\n]+")
_ENTRY = re.compile(rf"(?P<indent> *)(?P<sign>[*{BULLETS}–—]|\d{{1,2}}[.)](?= )|-(?=[^\s\d-]))[ \t]*(?P<entry>\S.*)")
"""A line of a list as a word processor writes it, or without the space after its hyphen."""


def explain_syntax(source: Source, start: int, block: str, error: yaml.YAMLError) -> Diagnostic:
    """The most likely slip behind a parser's error, at the place where the author made it."""
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    # yaml.reader.ReaderError is not a MarkedYAMLError: it has a position and no mark.
    offset = min(mark.index if mark else getattr(error, "position", 0), len(block))
    problem, context = str(getattr(error, "problem", "") or ""), str(getattr(error, "context", "") or "")
    failure = Failure(source, start, block, problem, context, offset, opened.index if opened else -1)
    for explain in _EXPLANATIONS:
        if found := explain(failure):
            return found
    return failure.at(SYNTAX, offset, offset + 1)


def _whole(failure: Failure, line: tuple[int, str], hint: Text) -> Diagnostic:
    begin, text = line
    indent = len(text) - len(text.lstrip())
    return failure.at(SYNTAX, begin + indent, begin + len(text.rstrip()), hint)


def _tab(failure: Failure) -> Diagnostic | None:
    begin, line = failure.line(failure.offset)
    if failure.block[failure.offset : failure.offset + 1] == "\t" and not line[: failure.offset - begin].strip():
        return failure.at(TAB, failure.offset, failure.offset + 1, None, _two_spaces(failure, failure.offset))
    for above, text in ((begin, line), failure.written_before(begin)):
        if found := re.match(r" *(\t+)", text):
            begin, end = above + found.start(1), above + found.end(1)
            return failure.at(TAB, begin, end, None, _two_spaces(failure, begin))
    return None


def _odd_space(failure: Failure) -> Diagnostic | None:
    """A space that looks like any other and separates nothing, before the value of a line."""
    for begin, text in failure.lines():
        if found := [*_ODD.finditer(text, 0, value_at(text))]:
            fix = tuple(failure.edit(begin + odd.start(), begin + odd.end(), " " * len(odd[0])) for odd in found)
            return failure.at(SYNTAX, begin + found[0].start(), begin + found[0].end(), _ODD_SPACE, fix)
    return None


def _list_sign(failure: Failure) -> Diagnostic | None:
    here, begun, above = failure.lines()
    is_deeper = _ENTRY.fullmatch(above[1]) and here[1].startswith(" " * (len(above[1]) - len(above[1].lstrip()) + 1))
    for begin, line in (here, begun, *([above] if is_deeper else [])):
        if found := _ENTRY.fullmatch(line):
            sign, entry = begin + found.start("sign"), begin + found.start("entry")
            fix, better = (failure.edit(sign, entry, "- "),), f"- {found['entry'].rstrip()}"
            return failure.at(SYNTAX, sign, begin + len(line.rstrip()), _LIST_SIGN, fix, line=better)
    return None


def _two_spaces(failure: Failure, begin: int) -> tuple[Edit, ...]:
    """Two for each tab that stands here."""
    tabs = len(failure.block[begin:]) - len(failure.block[begin:].lstrip("\t"))
    return (failure.edit(begin, begin + tabs, "  " * tabs),)


def _quote(failure: Failure) -> Diagnostic | None:
    """A quote that is not closed, or text after one that is."""
    if "scanning a quoted scalar" in failure.context:
        return _unclosed(failure, failure.opened)
    before = failure.block[: failure.offset].rstrip(" ")
    if not before.endswith(("'", '"')):
        return None
    begin, line = failure.line(failure.offset)
    field = FIELD.match(line)
    if field and begin + field.end() < len(before) - 1 and line[field.end()] in "'\"":
        return failure.at(SYNTAX, failure.offset, begin + len(line), _ALL_IN_QUOTES, quoted=quoted_line(line))
    # The quote before the place closed one that was opened lines above.
    unclosed = [*re.finditer(rf"^{FIELD.pattern}(?P<quote>['\"])(?:(?!(?P=quote)).)*$", before[:begin], re.MULTILINE)]
    if not unclosed:
        return None
    return _unclosed(failure, unclosed[-1].start("quote"))


def _unclosed(failure: Failure, place: int) -> Diagnostic:
    begin, line = failure.line(place)
    quote, end = failure.block[place], begin + len(line.rstrip())
    fix = failure.put(end, end, quote) if quote not in line[place + 1 - begin :] else ()
    return failure.at(UNCLOSED_QUOTE, place, place + 1, None, fix, quote=quote)


def _backslash(failure: Failure) -> Diagnostic | None:
    if "parsing a quoted scalar" not in failure.context:
        return None
    place = failure.block.rfind("\\", 0, failure.offset + 1)
    _, line = failure.line(place)
    typed = re.sub(r"\"(.*)\"", r"\1", line)
    return failure.at(SYNTAX, place, place + 2, _BACKSLASH, quoted=quoted_line(typed))


def _bracket(failure: Failure) -> Diagnostic | None:
    begin, line = failure.line(failure.offset)
    before = failure.block[begin : failure.offset].rstrip()
    field = FIELD.match(line)
    if field and before.endswith(("]", "}")) and line[field.end() :].startswith(("[", "{")):
        return failure.at(SYNTAX, failure.offset, begin + len(line), _ALL_IN_QUOTES, quoted=quoted_line(line))
    if "flow sequence" not in failure.context and "flow mapping" not in failure.context:
        return None
    if begin <= failure.opened and failure.block.startswith(":", failure.offset):
        return None
    opened = failure.block[failure.opened]
    closed = "]" if opened == "[" else "}"
    return failure.at(SYNTAX, failure.opened, failure.opened + 1, _NOT_CLOSED, opened=opened, closed=closed)


def _missing_space(failure: Failure) -> Diagnostic | None:
    line = failure.line(failure.offset)
    for begin, text in (line, failure.written_before(line[0])):
        if found := re.match(rf"\s*(?:-\s+)*({_NAME})\s*(:)([^\s:/].*)$", text):
            facts = {"field": found[1], "value": found[3].strip()}
            colon = begin + found.start(2)
            fix = (failure.edit(colon, colon + 1, ": "),)
            return failure.at(MISSING_SPACE, colon, colon + 1, None, fix, **facts)
    return None


def _curly_quotes(failure: Failure) -> Diagnostic | None:
    begin, line = failure.line(failure.offset)
    field = FIELD.match(line)
    if not field or not field["field"] or line[field.end() : field.end() + 1] not in tuple("“”„‘’"):
        return None
    value = line[field.end() :].strip("“”„‘’ ")
    facts = {"field": field["field"], "quote": line[field.end()], "quoted": f"{field['field']}: {in_quotes(value)}"}
    fix = failure.put(begin + field.end(), begin + len(line.rstrip()), in_quotes(value))
    return failure.at(CURLY_QUOTES, begin + field.end(), begin + field.end() + 1, None, fix, **facts)


def _colon(failure: Failure) -> Diagnostic | None:
    """A second colon on a line; or none on the line above, whose text then runs on into this one."""
    if "mapping values are not allowed" not in failure.problem:
        return None
    begin, line = failure.line(failure.offset)
    field = FIELD.match(line)
    if field and field["field"] and begin + field.end() <= failure.offset:
        facts = {"field": field["field"], "quoted": quoted_line(line)}
        fix = failure.put(begin + field.start("field"), begin + len(line.rstrip()), facts["quoted"])
        return failure.at(COLON_IN_VALUE, failure.offset, failure.offset + 1, None, fix, **facts)
    above = failure.written_before(begin)
    is_loose = begin > 0 and not re.search(r":(?:\s|$)", above[1])
    return _whole(failure, above, _LOOSE_LINE) if is_loose else _whole(failure, (begin, line), _INDENTATION)


def _reserved_sign(failure: Failure) -> Diagnostic | None:
    if "block scalar" in failure.context:
        sign = failure.block[failure.opened]
        return failure.at(SYNTAX, failure.opened, failure.opened + 1, _BLOCK_TEXT, sign=sign)
    begin, line = failure.line(failure.offset)
    field = FIELD.match(line)
    found = re.match(r"[*&!]\S*|[@`%?-]", line[field.end() :]) if field else None
    if not field or not found:
        return None
    feature = {"*": ALIAS, "&": ANCHOR, "!": TAG}.get(found[0][0], _RESERVED)
    place = failure.start + begin + field.end()
    span = Span(place, place + len(found[0]))
    return YAML_FEATURE.at(failure.source, span, found=found[0], feature=feature, quoted=quoted_line(line))


def _line_out_of_place(failure: Failure) -> Diagnostic | None:
    if "could not find expected ':'" in failure.problem:
        return _whole(failure, failure.line(failure.opened), _LOOSE_LINE)
    begin, line = failure.line(failure.offset)
    if failure.problem.startswith("did not find expected") and not line[: failure.offset - begin].strip():
        return _whole(failure, (begin, line), _INDENTATION)
    return None


_EXPLANATIONS: tuple[Callable[[Failure], Diagnostic | None], ...] = (
    _tab,
    _odd_space,
    _quote,
    _list_sign,
    _backslash,
    _missing_space,
    _curly_quotes,
    _bracket,
    _colon,
    _reserved_sign,
    _line_out_of_place,
)
