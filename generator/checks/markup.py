"""What an author wrote in HTML or as a bare address, and would not reach the page: it is said, not dropped silently."""

import re
from collections.abc import Iterator
from html import unescape

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Span, Text
from generator.checks.links import BAD_SCHEME, BROKEN_LINK, REMOTE_IMAGE
from generator.library.repository import in_body
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Places
from generator.reading.sanitizing import is_elsewhere, taken_out

TAKEN_OUT = Rule(
    "KB711",
    "html-taken-out",
    Severity.WARNING,
    Text("«{what}» no llegará a la página", "“{what}” will not reach the page"),
    Text(
        "escríbalo en Markdown; para un video, un formulario o un mapa, ponga un enlace",
        "write it in Markdown; for a video, a form or a map, put a link",
    ),
)
_IN_MARKDOWN = Text(
    "escríbalo en Markdown, que se comprueba y llega a la página: [palabras]({target})",
    "write it in Markdown, which is checked and reaches the page: [words]({target})",
)
_PICTURE = Text(
    "escríbalo en Markdown, que se comprueba y llega a la página: ![Qué muestra]({target})",
    "write it in Markdown, which is checked and reaches the page: ![What it shows]({target})",
)
_TAG = re.compile(r"""<([a-z][^\s/>]*)((?:[^<>"']|"[^"]*"|'[^']*')*)""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s/>"'=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")
_ALLOWED = ("http://", "https://", "mailto:")
_SHOWN = 80


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    for link in record.body.bare_links:
        if not link.target.lower().startswith(_ALLOWED):
            yield BAD_SCHEME.at(document.source, in_body(document, link.span), target=link.target[:_SHOWN])
    said: set[str] = set()
    for run in _runs(record.body.raw_html):
        text = record.body.text[run.start : run.end]
        for tag in _TAG.finditer(text):
            name, attributes = tag[1].lower(), _attributes(tag[2])
            place = in_body(document, Span(run.start + tag.start(), run.start + tag.end()))
            if name == "img" and is_elsewhere(attributes.get("src", "")):
                yield REMOTE_IMAGE.at(document.source, place, target=attributes["src"][:_SHOWN])
            target = unescape(attributes.get("src" if name == "img" else "href", "")).strip()
            if name in ("a", "img") and target and not target.startswith("#") and not is_elsewhere(target):
                # Nothing resolves it: it would lead nowhere, and could name what the public edition does not have.
                hint = _PICTURE if name == "img" else _IN_MARKDOWN
                yield BROKEN_LINK.at(document.source, place, hint=hint, target=target[:_SHOWN])
            for what in taken_out(name, attributes):
                if what not in said:
                    said.add(what)
                    yield TAKEN_OUT.at(document.source, place, what=what[:_SHOWN])


def _attributes(text: str) -> dict[str, str]:
    return {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(text)}


def _runs(spans: tuple[Span, ...]) -> Iterator[Span]:
    """Pieces of raw HTML that touch, as one: a tag may run over several lines."""
    start = end = -1
    for span in spans:
        if span.start != end and start >= 0:
            yield Span(start, end)
        start, end = (start if span.start == end else span.start), span.end
    if start >= 0:
        yield Span(start, end)
