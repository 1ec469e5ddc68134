"""A word processor's bullets at the beginning of lines: Markdown sees no list there, and runs the entries together."""

import re
from collections.abc import Iterator
from itertools import islice

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Edit, Span, Text
from generator.library.repository import in_body
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.characters import BULLETS
from generator.reading.frontmatter import Places

BULLET_SIGN = Rule(
    "KB714",
    "bullet-sign",
    Severity.WARNING,
    Text(
        "«{sign}» no hace una lista: las entradas se verían seguidas, en un solo párrafo",
        "“{sign}” makes no list: the entries would run on in one paragraph",
    ),
    Text(
        "empiece cada entrada con «- »; «kb check --fix» lo hace por usted",
        "begin each entry with “- ”; “kb check --fix” does it for you",
    ),
)
_BULLET = re.compile(rf"^[ \t]*(?P<bullet>[{BULLETS}][^\S\n]*)(?=\S)", re.MULTILINE)
_MOST_MENDED = 1_000
"""Entries: a report that held more edits would be longer than the record."""


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    """One a file: whoever pasted one entry pasted the list."""
    body = record.body
    if not any(sign in body.text for sign in BULLETS):
        return
    bullets = (found.span("bullet") for found in _BULLET.finditer(body.text) if body.is_prose(found.start("bullet")))
    if places := [in_body(document, Span(*bullet)) for bullet in islice(bullets, _MOST_MENDED)]:
        sign = document.source.text[places[0].start]
        yield BULLET_SIGN.at(document.source, places[0], fix=tuple(Edit(place, "- ") for place in places), sign=sign)
