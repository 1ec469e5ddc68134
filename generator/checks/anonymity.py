"""What goes out of a meeting under the Chatham House rule names nobody."""

import re
from collections.abc import Iterator, Mapping

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text, plain
from generator.checks.people import person_in
from generator.library.editions import face_of
from generator.library.references import link_target
from generator.library.repository import Repository, in_body
from generator.reading.frontmatter import Location, Places
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
NAMED_PERSON = Rule(
    "KB822",
    "person-under-chatham-house",
    Severity.ERROR,
    Text(
        "aquí hay un nombre de persona, y la reunión siguió la regla de Chatham House",
        "there is a person's name here, and the meeting followed the Chatham House rule",
    ),
    Text(
        "bórrelo, o escriba «visibility: members»: ni con su permiso se dice quién estuvo",
        "delete it, or write “visibility: members”: who was there is not told, not even with their leave",
    ),
    secret=True,
)
_INITIALS = re.compile(r"(?<=\b\w)\. ?(?=\w\b)")
_WORD = re.compile(r"\w+")
_SHORTEST = 4
"""Letters of a one-word name that is found in other letters too, with a capital: «Oefa»; «Ana» is somebody's name."""

Names = Mapping[tuple[str, ...], tuple[str, ...]]
"""Names as words in plain letters, each as its words are written."""


def check(repository: Repository) -> Iterator[Diagnostic]:
    faces = {face.id: places for face, places, *_ in said_in_public(repository)}
    if not faces:
        return
    names = {words: written for written in _names(repository) if (words := tuple(map(plain, written)))}
    for _, places, location, text in said_in_public(repository):
        for name in _named(text, names):
            yield NAMED.at(places.source, places.at(location), field=_field(location), name=name)
        if person_in(text):
            yield NAMED_PERSON.at(places.source, places.at(location))
    # An address is in small letters: there an acronym looks like any word, and any word that is no acronym like a name.
    shouted = {words: written for words, written in names.items() if len(words) > 1 or not written[0].islower()}
    for meeting in faces:
        for name in _named(meeting.replace("-", " ").upper(), shouted):
            yield NAMED.at(*repository.place(repository.library.records[meeting], ["title"]), field="id", name=name)
    for organization, places in repository.of(Organization):
        face = face_of(organization, "public")
        for link in face.body.links if face else ():
            target = link_target(organization.path, link)
            if target and repository.library.by_path.get(target.path or "") in faces:
                place = in_body(places, link.span)
                yield NAMED.at(places.source, place, field=link.text, name=organization.name)


def said_in_public(repository: Repository) -> Iterator[tuple[Minutes, Places, Location, str]]:
    """Every text of a meeting under the rule that goes out, original or translation, with its place."""
    for record, places in repository.shown():
        if isinstance(record, Minutes) and record.rule == "chatham-house" and (face := face_of(record, "public")):
            for location, text in repository.said_in(face, places):
                yield face, places, location, text


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
    words = _WORD.findall(_INITIALS.sub("", text))
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
