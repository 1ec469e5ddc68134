"""What was meant as a link or a picture and is none to Markdown: the page would show its brackets instead."""

import posixpath
import re
from collections.abc import Iterator
from itertools import islice

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Edit, Span, Text
from generator.library.repository import in_body
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.characters import MOST_REPORTED
from generator.reading.frontmatter import Places
from generator.reading.places import better_name

ALMOST_A_LINK = Rule(
    "KB713",
    "almost-a-link",
    Severity.ERROR,
    Text("«{found}» no es un enlace: se vería tal como está escrito", "“{found}” is no link: it would show as typed"),
    Text("escriba «{better}»", "write “{better}”"),
)
_NO_FOOTNOTES = Text(
    "aquí no hay notas al pie: ponga la fuente en «sources» y cítela por su número, así: [1]",
    "there are no footnotes here: put the source into “sources” and cite it by its number, like this: [1]",
)
FOOTNOTE = re.compile(r"(?<!\\)\[\^[^\[\]\s]{1,40}\]")
_TARGET = r"(?:https?://|www\.|[\w./-]{1,200}\.md\b)[^\s()\[\]]{0,500}"
# Bounded, so that a line of a million brackets costs a million steps; `[1] (…)` is a citation and a remark.
_ALMOST = re.compile(
    rf"(?<!\\)(?:\[(?![\d, ]+\])(?P<apart>[^\[\]\n]{{1,200}})\] {{1,9}}\((?P<to>{_TARGET})\)"
    rf"|\((?P<reversed>[^()\n]{{1,200}})\)\[(?P<into>{_TARGET})\]"
    r"|(?P<image>!?)\[(?P<words>[^\[\]\n]{0,200})\]\((?P<spaced>[^()<>\"\n]{1,500})\))"
)
_WORTH_A_LOOK = re.compile(r"\] +\(|\)\[|\]\([^)\n]{0,500} ")
_SHOWN = 120


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    text = record.body.text
    notes = FOOTNOTE.finditer(text) if "[^" in text else ()
    # Once: whoever has one has many.
    if note := next((found for found in notes if record.body.is_prose(found.start())), None):
        place = in_body(document, Span(*note.span()))
        yield ALMOST_A_LINK.at(document.source, place, hint=_NO_FOOTNOTES, found=note[0], better="[1]")
    if not _WORTH_A_LOOK.search(text):
        return  # five times as fast, and true of most texts
    found_ones = (
        found
        for found in _ALMOST.finditer(text)
        if " " in (found["spaced"] or "a b").strip() and record.body.is_prose(found.start())
    )
    for found in islice(found_ones, MOST_REPORTED):
        place, better = in_body(document, Span(*found.span())), _better(found)
        fix = () if found["spaced"] else (Edit(place, better),)
        yield ALMOST_A_LINK.at(document.source, place, fix=fix, found=found[0][:_SHOWN], better=better[:_SHOWN])


def _better(found: re.Match[str]) -> str:
    """The same as a link; a file's name as it must be in the repository, where no name has spaces."""
    if not found["spaced"]:
        return f"[{found['apart'] or found['reversed']}]({found['to'] or found['into']})"
    target = found["spaced"].strip()
    folder, name = posixpath.split(target)
    better = target.replace(" ", "%20") if "//" in target else posixpath.join(folder, better_name(name))
    return f"{found['image']}[{found['words']}]({better})"
