"""The body: its sections, headings, and what was left over from a template."""

import re
from collections.abc import Iterator
from itertools import islice

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.nearest import nearest
from generator.base.text import LANGUAGES, Edit, Fact, Span, Text, slug
from generator.library.repository import in_body
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.characters import MOST_REPORTED
from generator.reading.frontmatter import Places
from generator.reading.outline import MAX_BODY_DEPTH, MAX_HEADINGS, MAX_LINKS
from generator.reading.yamltree import TOO_DEEP

MISSING_SECTION = Rule(
    "KB601",
    "missing-section",
    Severity.ERROR,
    Text("falta la sección «{section}»", "section “{section}” is missing"),
    Text("añada una línea «## {section}» y su texto debajo", "add a line “## {section}” and its text below"),
)
EMPTY_SECTION = Rule(
    "KB602",
    "empty-section",
    Severity.ERROR,
    Text("la sección «{section}» está vacía", "section “{section}” is empty"),
    Text(
        "escriba al menos una frase; si no se sabe, dígalo: «No se encontró información…»",
        "write at least one sentence; if it is not known, say so: “No information was found…”",
    ),
)
SKIPPED_LEVEL = Rule(
    "KB603",
    "skipped-heading-level",
    Severity.ERROR,
    Text(
        "se pasa de un título de nivel {before} a uno de nivel {level}",
        "headings jump from level {before} to level {level}",
    ),
    Text("use «{marks} {title}»", "use “{marks} {title}”"),
)
TEMPLATE_TEXT = Rule(
    "KB604",
    "template-text-left-over",
    Severity.ERROR,
    Text("quedó texto de la plantilla: «{found}»", "template text was left over: “{found}”"),
    Text("reemplácelo por lo suyo o bórrelo", "replace it with your own or delete it"),
)
TOP_HEADING = Rule(
    "KB605",
    "top-level-heading",
    Severity.ERROR,
    Text(
        "«# {title}» es de nivel 1, que es el del título de la ficha",
        "“# {title}” is of level 1, which is the record's title's",
    ),
    Text("use «## {title}»", "use “## {title}”"),
)
TOO_MANY = Rule(
    "KB606",
    "too-many-parts",
    Severity.ERROR,
    Text("el texto tiene más de {limit} {parts}", "the text has more than {limit} {parts}"),
    Text("divida la ficha en varias", "split the record into several"),
)

_NOT_CLOSED = Text(
    "está en el texto, pero dentro de lo que se abre aquí con «{sign}» y no se cierra: ciérrelo o bórrelo",
    "it is in the text, but inside what is opened here with “{sign}” and not closed: close or delete it",
)
_WRITE_IT_SO = Text("escriba esta línea así: «## {section}»", "write this line like this: “## {section}”")
_FEWER_LEVELS = Text("quite citas («>»), listas o etiquetas HTML", "take away quotes (“>”), lists or HTML tags")
_UNDERLINED = Text(
    "la línea «{line}» hace un título de lo que tiene encima: deje una línea vacía entre los dos",
    "line “{line}” makes a heading of what is above it: leave an empty line between the two",
)
_LONGEST_TITLE = 80
_LONGEST_SIGN = 20

# Uppercase TODO with its colon only: «todo» is a Spanish word; and XXX before a name is a Roman thirty.
_TEMPLATE = re.compile(
    r"\b(?:TODO|FIXME):|\bXXX+\b(?! [A-ZÁÉÍÓÚÑ])"
    r"|[Ll]orem [Ii]psum|LOREM IPSUM"
    r"|(?i:\[(?:escriba|complete|write|fill)[^\]\n]{0,80}\]|<(?:escriba|complete|write|fill)[^>\n]{0,80}>)"
)

_SIGNS = ("TODO:", "FIXME:", "XXX", "psum", "PSUM")
_TO_FILL_IN = re.compile(r"[\[<](?:escriba|complete|write|fill)", re.IGNORECASE)


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    if refused := [*_too_much(record, document)]:
        yield from refused
        return  # the rest of such a text was not read
    yield from _headings(record, document)
    if record.kind.name != "minutes" or record.body.text.strip():
        yield from _sections(record, document)
    yield from _left_over(document)


def _sections(record: Record, document: Places) -> Iterator[Diagnostic]:
    headings = record.body.headings
    present = {slug(heading.text) for heading in headings if heading.level == 2}
    said: set[Span] = set()
    for section in record.kind.sections:
        title = section.to(record.origin.shown_in)
        if slug(title) not in present:
            meant, sure = _meant_as(section, record, document)
            if meant and (hides := _hiding(meant, title, record, document)):
                if hides not in said:
                    sign = document.source.text[hides.start : hides.end][:_LONGEST_SIGN]
                    yield MISSING_SECTION.at(document.source, hides, hint=_NOT_CLOSED, section=title, sign=sign)
                said.add(hides)
                continue
            fix = (Edit(meant, f"## {title}"),) if meant and sure else ()
            hint = _WRITE_IT_SO if meant else None
            yield MISSING_SECTION.at(document.source, meant or Span(0, 3), hint=hint, fix=fix, section=title)
    ends = [*(heading.span.start for heading in headings[1:]), len(record.body.text)]
    for index, heading in enumerate(headings):
        below = headings[index + 1].level if index + 1 < len(headings) else 0
        if below <= heading.level and not record.body.text[heading.span.end : ends[index]].strip():
            after = headings[index + 1].span if index + 1 < len(headings) else heading.span
            lines = record.body.text[after.start : after.end].rstrip().split("\n")
            hint, line = (None, "") if lines[0].startswith("#") else (_UNDERLINED, lines[-1][:_LONGEST_SIGN])
            place = _first_line(document, heading.span)
            yield EMPTY_SECTION.at(document.source, place, hint=hint, section=heading.text, line=line)


def _hiding(meant: Span, title: str, record: Record, document: Places) -> Span | None:
    """The line that opens the code or the comment in which a section's title stands as it should be."""
    around = record.body.around(meant.start - document.body.start)
    is_right = document.source.text[meant.start : meant.end].rstrip() == f"## {title}"
    return _first_line(document, around) if around and is_right else None


def _meant_as(section: Text, record: Record, document: Places) -> tuple[Span | None, bool]:
    """The line that was to be this section's title: «##Contexto», «**Contexto**», «### Contexto», «## Context»,
    «## Contextos»; and whether it is that for certain.
    """
    title = section.to(record.origin.shown_in)
    sections = {slug(section.to(record.origin.shown_in)) for section in record.kind.sections}
    lines: dict[str, Span] = {}
    for found in re.finditer(r"^.+$", record.body.text, re.MULTILINE):
        words = slug(found[0][:_LONGEST_TITLE])
        if words == slug(title) or (found[0].startswith(("#", "*")) and words not in sections):
            lines.setdefault(words, in_body(document, Span(*found.span())))
    exact = next((slug(name) for lang in LANGUAGES if slug(name := section.to(lang)) in lines), "")
    return lines.get(exact or nearest(title, dict.fromkeys(lines, ())) or ""), bool(exact)


def _headings(record: Record, document: Places) -> Iterator[Diagnostic]:
    before = 1
    for heading in record.body.headings:
        place = _first_line(document, heading.span)
        if heading.level == 1:
            yield TOP_HEADING.at(document.source, place, fix=_marks(document, place, "##"), title=heading.text)
        elif heading.level > before + 1:
            marks = "#" * (before + 1)
            facts: dict[str, Fact] = {"before": before, "level": heading.level, "marks": marks, "title": heading.text}
            yield SKIPPED_LEVEL.at(document.source, place, hint=None, fix=_marks(document, place, marks), **facts)
        before = max(heading.level, 1)


def _marks(document: Places, place: Span, marks: str) -> tuple[Edit, ...]:
    found = re.compile("#+").match(document.source.text, place.start)
    return (Edit(Span(*found.span()), marks),) if found else ()


def _left_over(document: Places) -> Iterator[Diagnostic]:
    text = document.source.text
    if not (any(sign in text for sign in _SIGNS) or _TO_FILL_IN.search(text)):
        return  # six times as fast as the pattern, which most texts never meet
    for found in islice(_TEMPLATE.finditer(text), MOST_REPORTED):
        yield TEMPLATE_TEXT.at(document.source, Span(*found.span()), found=found[0])


def _too_much(record: Record, document: Places) -> Iterator[Diagnostic]:
    body = record.body
    if place := body.too_deep:
        yield TOO_DEEP.at(document.source, in_body(document, place), hint=_FEWER_LEVELS, limit=MAX_BODY_DEPTH)
    for parts, spans, limit in (
        (Text("títulos", "headings"), [heading.span for heading in body.headings], MAX_HEADINGS),
        (Text("enlaces e imágenes", "links and images"), [link.span for link in body.links], MAX_LINKS),
        (Text("citas", "citations"), [span for span, _ in body.citations], MAX_LINKS),
    ):
        if len(spans) > limit:
            yield TOO_MANY.at(document.source, in_body(document, spans[limit]), parts=parts, limit=limit)


def _first_line(document: Places, span: Span) -> Span:
    whole = in_body(document, span)
    text = document.source.text[whole.start : whole.end]
    return Span(whole.start, whole.start + len(text.split("\n", 1)[0]))
