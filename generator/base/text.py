"""Words in two languages, and places in a source text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

Lang = Literal["es", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
_HARMLESS = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{ZERO WIDTH JOINER}"
"""Of what Python does not call printable."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence, a label or a template of one, in both languages."""

    es: str
    en: str

    def to(self, lang: Lang) -> str:
        return self.es if lang == "es" else self.en

    def telling(self, **facts: "Fact") -> "Text":
        """The template with its facts, whole, in both languages."""
        return Text(self.es.format(**_words(facts, "es")), self.en.format(**_words(facts, "en")))


Fact = str | int | Text
"""What a message may name: a value as the author wrote it, a number, or words of ours in both languages."""


MOST_SHOWN = 1_000
"""Characters of a fact that a message shows: more than any line that an author has to type again."""


def fill(template: Text, facts: Mapping[str, Fact], lang: Lang) -> str:
    """The template in one language, with its facts."""
    words = {
        name: f"{word[:MOST_SHOWN]}…" if isinstance(word, str) and len(word) > MOST_SHOWN else word
        for name, word in _words(facts, lang).items()
    }
    return template.to(lang).format_map(words)


def _words(facts: Mapping[str, Fact], lang: Lang) -> dict[str, str | int]:
    return {name: fact.to(lang) if isinstance(fact, Text) else fact for name, fact in facts.items()}


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of character offsets in a source's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """What to type in the place of a span."""

    span: Span
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits made; of two that overlap, the first."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start >= done:
            pieces += [text[done : edit.span.start], edit.text]
            done = edit.span.end
    return "".join([*pieces, text[done:]])


@dataclass(frozen=True, slots=True)
class Position:
    """Line and column as people count them: from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text. `path` is relative to the repository, with `/`."""

    path: str
    text: str

    def position(self, offset: int) -> Position:
        starts = _line_starts(self.text)
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        starts = _line_starts(self.text)
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]


@lru_cache(maxsize=16)
def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def plain(text: str) -> str:
    """Lower case without accents: how people type on a phone, and how we compare what they type."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def printable(text: str) -> str:
    """What a terminal, a JSON file and a log can hold: some file systems allow any byte, some authors paste escapes."""
    expanded = text.replace("\t", "    ")
    return "".join(it if it.isprintable() or it in _HARMLESS else "\N{REPLACEMENT CHARACTER}" for it in expanded)


@lru_cache(maxsize=8192)
def slug(text: str, separator: str = "-") -> str:
    """ASCII words joined by a separator: file names, anchors, keys."""
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in plain(text)).split()
    return separator.join(words)
