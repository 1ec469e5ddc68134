"""For those who write in VS Code: a first record of each type, typed by its name, with a stop at every value."""

import json
import re
from collections.abc import Iterator

from generator.base.text import slug
from generator.editors.template import example_record
from generator.model.record import Record
from generator.model.shape import shapes_of
from generator.model.vocabulary import Vocabularies
from generator.records import RECORD_CLASSES

_VALUE = re.compile(
    r"^(?P<key>[ -]*\w+: |- )(?P<value>[^\[{|>\n](?:[^\n:]|:(?! ))*)$|^(?P<text>[^\s:#-][^\n:]*\.)$", re.MULTILINE
)
_WRAPPED = re.compile(r"(: [^\n]+)\n  ([^\s:-][^:\n]*)$", re.MULTILINE)
_MOST_CHOICES = 30


def files(vocabularies: Vocabularies) -> Iterator[tuple[str, bytes]]:
    snippets = {
        cls.kind.label.es: {
            "scope": "markdown",
            "prefix": [slug(cls.kind.label.es), cls.kind.name],
            "description": f"{cls.kind.label.es} · {cls.kind.label.en} → {cls.kind.folder}/",
            "body": _with_stops(cls, vocabularies).splitlines(),
        }
        for cls in RECORD_CLASSES
    }
    yield ".vscode/records.code-snippets", (json.dumps(snippets, ensure_ascii=False, indent=2) + "\n").encode()


def _with_stops(cls: type[Record], vocabularies: Vocabularies) -> str:
    """The first valid record; the Tab key goes from value to value, and a few words are offered to choose from."""
    stops = iter(range(1, 1000))
    choices = {
        f"{field.name}: ": [word for word, _ in field.one.terms(vocabularies)]
        for field in shapes_of(cls)
        if not field.many
    }

    def stop(found: re.Match[str]) -> str:
        key, value = found["key"] or "", found["value"] or found["text"]
        words = choices.get(key, [])
        if 0 < len(words) <= _MOST_CHOICES:
            return f"{key}${{{next(stops)}|{','.join(sorted(words, key=lambda word: word != value))}|}}"
        escaped = re.sub(r"[\\$}]", r"\\\g<0>", value)
        return f"{key}${{{next(stops)}:{escaped}}}"

    return _VALUE.sub(stop, _WRAPPED.sub(r"\1 \2", example_record(cls)))
