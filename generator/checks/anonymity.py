"""What goes out of a meeting under the Chatham House rule names no organisation."""

import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text, plain
from generator.library.editions import face_of
from generator.library.repository import Repository
from generator.model.fields import marks_of, part_in
from generator.model.kinds import Choice, Reference, TermOf
from generator.reading.frontmatter import Location
from generator.records.minutes import Minutes
from generator.records.organization import Organization

NAMED = Rule(
    "KB820",
    "named-under-chatham-house",
    Severity.ERROR,
    Text(
        "«{field}» nombra a «{name}», y la reunión siguió la regla de Chatham House",
        "“{field}” names “{name}”, and the meeting followed the Chatham House rule",
    ),
    Text(
        "diga su sector en vez de su nombre («una empresa minera»), o escriba «visibility: members»",
        "say its sector instead of its name (“a mining company”), or write “visibility: members”",
    ),
)
_WORD = re.compile(r"\w+")
_SHORTEST = 4
"""Letters of a one-word name that is found in other letters too, with a capital: «Oefa»; «Ana» is somebody's name."""

Names = Mapping[tuple[str, ...], tuple[str, ...]]
"""Names as words in plain letters, each as its words are written."""


def check(repository: Repository) -> Iterator[Diagnostic]:
    meetings = [
        (face, places)
        for record, places in repository.shown()
        if isinstance(record, Minutes) and record.rule == "chatham-house" and (face := face_of(record, "public"))
    ]
    if not meetings:
        return
    names = {words: written for written in _names(repository) if (words := tuple(map(plain, written)))}
    for face, places in meetings:
        original = repository.library.records[face.id]
        is_translation = places.source.path != original.path
        known = dict(_texts(original, ())) if is_translation else {}
        for location, text in _texts(face, ()):
            if known.get(location) == text:
                continue  # a translation that leaves a text as it is: it was said of the original
            for name in _named(text, names):
                yield NAMED.at(places.source, places.at(location), field=_field(location), name=name)


def _texts(part: BaseModel, location: Location) -> Iterator[tuple[Location, str]]:
    """Every text that a part holds in words of its author's, with its place."""
    for name, field in type(part).model_fields.items():
        value, here = getattr(part, name), (*location, name)
        entries = [((*here, index), entry) for index, entry in enumerate(value)] if isinstance(value, tuple) else []
        for place, entry in entries or [(here, value)]:
            if isinstance(entry, BaseModel) and part_in(type(part), name):
                yield from _texts(entry, place)
            elif isinstance(entry, str) and not any(
                isinstance(mark, Choice | Reference | TermOf)
                for mark in marks_of(field.annotation, field.metadata, object)
            ):
                yield place, entry


def _names(repository: Repository) -> Iterator[tuple[str, ...]]:
    """The words of every name, acronym and former id of every organisation, in every language."""
    for record in (*repository.library.records.values(), *repository.assembly.translated.values()):
        if isinstance(record, Organization):
            for name in (record.name, record.name.partition("(")[0], record.acronym or ""):
                words = _WORD.findall(name)
                while len(words) > 2 and len(words[-1]) == 1:
                    words.pop()  # S. A. A.
                yield tuple(words)
            for alias in record.aliases:
                yield tuple(alias.split("-"))


def _named(text: str, names: Names) -> Iterator[str]:
    """The names that stand in a text as whole words, whatever the accents and capitals; each once."""
    words = _WORD.findall(text)
    flat = [plain(word) for word in words]
    longest = max(map(len, names), default=0)
    seen: set[tuple[str, ...]] = set()
    for start in range(len(words)):
        for length in range(longest, 0, -1):
            found = tuple(flat[start : start + length])
            if len(found) < length or found in seen or found not in names:
                continue
            if length == 1 and not _is_name(words[start], names[found][0]):
                continue
            seen.add(found)
            yield " ".join(words[start : start + length])
            break


def _is_name(word: str, written: str) -> bool:
    """A name of one word is also a word: «produce», «labor». It is a name as it is written, or with a capital."""
    return (word == written and not word.islower()) or (word[0].isupper() and len(word) >= _SHORTEST)


def _field(location: Location) -> str:
    return str([step for step in location if isinstance(step, str)][-1])
