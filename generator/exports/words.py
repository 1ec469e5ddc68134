"""Words that a mistyped one may have meant: the search fetches them where the index lacks what was asked."""

import json
import re
from collections.abc import Iterator

from generator.base.text import LANGUAGES, Text
from generator.exports.export import Export, Exported
from generator.pages.page import ROOT

WORDS = Text("palabras.json", "words.json")
_WORD = re.compile(r"[^\W\d_]{4,}")


def export(exported: Exported) -> Iterator[Export]:
    """Per language, sorted, the words of what records are called and begin with: those that a reader may look for."""
    library = exported.library
    for lang in LANGUAGES:
        shown = [library.shown(record, lang) for record in library.records.values()]
        told = (text for record in shown for text in (record.heading, *record.also_called, record.lead))
        words = sorted({word.lower() for text in told for word in _WORD.findall(text)})
        content = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        yield Export(ROOT[lang] + WORDS.to(lang), content.encode())
