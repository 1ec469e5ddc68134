"""The documents of many texts: while one process reads the first of them, another reads the rest."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from generator.base.beside import beside, share
from generator.base.diagnostics import Diagnostic
from generator.base.text import Source, Span
from generator.reading.frontmatter import Document, read_document


class Ahead:
    """Asked for texts in the order in which they were given, it waits for nothing."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._later = {source.path: source for source in share(tuple(sources), _length)}
        self._wait = beside(partial(_plain, tuple(self._later.values()))) if self._later else None
        self._found: dict[str, Any] = {}

    def document(self, source: Source) -> tuple[Document | None, list[Diagnostic]]:
        """As `read_document`."""
        if self._wait and source.path in self._later:
            self._found = dict(zip(self._later, self._wait() or (), strict=False))
            self._wait = None
        if plain := self._found.pop(source.path, None):
            block, body, values = plain
            return Document(source, Span(*block), Span(*body), values), []
        return read_document(source)


def _length(source: Source) -> int:
    return len(source.text)


def _plain(sources: Iterable[Source]) -> list[Any]:
    """What each document holds; None for one of which there is something to say, for which places are needed."""
    found: list[Any] = []
    for source in sources:
        document, problems = read_document(source)
        block_and_body = [(span.start, span.end) for span in (document.block, document.body)] if document else []
        found.append((*block_and_body, document.values) if document and not problems else None)
    return found
