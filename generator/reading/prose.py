"""Running text out of HTML: its blocks, its sentences, and how easily they read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from generator.base.text import Lang, Text

LONG_SENTENCE = 40
"""Words. The European Commission's “How to write clearly” asks for 20 on average; twice that is named."""
_ENOUGH = 100
"""Words of the samples that the formulas were made with: of less text they say nothing."""
_INLINE = {
    "a", "abbr", "b", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip
_NOT_RUNNING = re.compile(r"<(h[1-6]|table)\b.*?</\1>", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”\"»)\]])) (?=[¿¡«“\"(\[]*[A-ZÁÉÍÓÚÜÑ])")
_SILENT_U = re.compile("([gq])u(?=[eiéí])")
_Y_AS_VOWEL = re.compile(r"y\b")
_NUCLEUS = re.compile("[iuü]?[aeoáéó][iuü]?|[íú]|[iuü]+")
"""A syllable of Spanish has one: an open vowel with its weak neighbours, an accented weak one, or weak ones alone."""
_VOWELS = re.compile("[aeiouy]+")
_SILENT_E = re.compile("(?<=[^aeiouyl])e(?:s|d)?$")

_INFLESZ = (
    (80, Text("muy fácil", "very easy")),
    (65, Text("bastante fácil", "fairly easy")),
    (55, Text("normal", "normal")),
    (40, Text("algo difícil", "somewhat difficult")),
    (0, Text("muy difícil", "very difficult")),
)
_FLESCH = (
    (80, Text("fácil", "easy")),
    (60, Text("normal", "normal")),
    (50, Text("algo difícil", "fairly difficult")),
    (30, Text("difícil", "difficult")),
    (0, Text("muy difícil", "very difficult")),
)


@dataclass(frozen=True, slots=True)
class Ease:
    """How a text reads: `score` from 0, hard, to 100, easy, and its `level` in words; `long` sentences as written."""

    words: int
    sentences: int
    score: int
    level: Text
    long: tuple[str, ...]


def blocks(html: str) -> list[str]:
    """The texts of paragraphs, headings, cells and the like, each with even spaces; none is empty."""
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    return [text for block in "".join(reader.pieces).split("\0") if (text := " ".join(block.split()))]


def sentences(block: str) -> list[str]:
    return _SENTENCE_END.split(block)


def ease(html: str, lang: Lang) -> Ease | None:
    """How the running text of a body reads; None of one too short to say.

    Spanish: perspicuity, 206.835 - 62.3 syllables/words - words/sentences (Szigriszt Pazos, “Sistemas predictivos de
    legibilidad del mensaje escrito”, Universidad Complutense de Madrid, 1993), told by the INFLESZ scale (Barrio-
    Cantalejo et al., Anales del Sistema Sanitario de Navarra 31(2), 2008, 135-152).
    English: reading ease, 206.835 - 84.6 syllables/words - 1.015 words/sentences, and its scale (Flesch, “A new
    readability yardstick”, Journal of Applied Psychology 32(3), 1948, 221-233).
    """
    told = [sentence for block in blocks(_NOT_RUNNING.sub("", html)) for sentence in sentences(block)]
    words_of = {sentence: _WORD.findall(sentence.lower()) for sentence in told}
    words = [word for sentence in told for word in words_of[sentence]]
    if len(words) < _ENOUGH:
        return None
    per_word, per_sentence = sum(syllables(word, lang) for word in words) / len(words), len(words) / len(told)
    slope, fall, scale = (62.3, 1.0, _INFLESZ) if lang == "es" else (84.6, 1.015, _FLESCH)
    score = min(max(round(206.835 - slope * per_word - fall * per_sentence), 0), 100)
    level = next(level for least, level in scale if score >= least)
    return Ease(len(words), len(told), score, level, tuple(_long(told, words_of)))


def syllables(word: str, lang: Lang) -> int:
    """Of a word in lower case: by rule; in English, which has none, near enough for a mean."""
    if lang == "es":
        return max(len(_NUCLEUS.findall(_Y_AS_VOWEL.sub("i", _SILENT_U.sub(r"\1", word)))), 1)
    return max(len(_VOWELS.findall(_SILENT_E.sub("", word))), 1)


def _long(told: Iterable[str], words_of: dict[str, list[str]]) -> list[str]:
    """The longest first; those of one length in the order of the text."""
    found = [sentence for sentence in dict.fromkeys(told) if len(words_of[sentence]) > LONG_SENTENCE]
    return sorted(found, key=lambda sentence: -len(words_of[sentence]))


class _Blocks(HTMLParser):
    """Pieces of text, with a zero byte, which no HTML holds, where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._drawn = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # given, not needed
        self._drawn += tag == "svg"
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._drawn -= tag == "svg"
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._drawn:
            self.pieces.append(data.replace("\0", ""))

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self.pieces.append("\0")
        elif tag == "sup":
            self.pieces.append(" ")
