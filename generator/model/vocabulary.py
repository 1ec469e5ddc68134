"""Controlled vocabularies: the terms of each, their labels in both languages, and what is broader than what."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

import yaml

from generator.base.diagnostics import MOST_OF_A_RULE, Diagnostic, Rule, Severity
from generator.base.nearest import DID_YOU_MEAN, nearest
from generator.base.text import LANGUAGES, Source, Span, Text, slug
from generator.reading.yamltree import parse_yaml

FOLDER = "content/vocabularies"

MISSING_LABEL = Rule(
    "KB403",
    "term-without-label",
    Severity.ERROR,
    Text("«{term}» no tiene nombre en {language}", "“{term}” has no name in {language}"),
    Text("añada una línea «{key}: …» debajo de «{term}:»", "add a line “{key}: …” below “{term}:”"),
)
DUPLICATE_LABEL = Rule(
    "KB404",
    "duplicate-label",
    Severity.ERROR,
    Text("«{term}» y «{other}» se llaman igual: «{label}»", "“{term}” and “{other}” have the same name: “{label}”"),
    Text(
        "quien lee no podría distinguirlos: cambie uno de los nombres o junte los dos términos",
        "a reader could not tell them apart: change one name or merge the two terms",
    ),
)
BAD_VOCABULARY = Rule(
    "KB405",
    "bad-vocabulary",
    Severity.ERROR,
    Text(
        "«{term}» no se entiende como término de un vocabulario",
        "“{term}” cannot be understood as a term of a vocabulary",
    ),
    Text(
        "escriba «{term}:» y debajo, con dos espacios delante, «es: …» y «en: …»",
        "write “{term}:” and below it, after two spaces, “es: …” and “en: …”",
    ),
)
UNKNOWN_BROADER = Rule(
    "KB406",
    "unknown-broader-term",
    Severity.ERROR,
    Text(
        "«{term}» dice estar dentro de «{broader}», que no existe",
        "“{term}” says it is within “{broader}”, which does not exist",
    ),
    Text("use el identificador de otro término de este archivo", "use the id of another term of this file"),
)
MISSING_VOCABULARY = Rule(
    "KB407",
    "missing-vocabulary",
    Severity.ERROR,
    Text("falta el vocabulario «{vocabulary}», o está vacío", "vocabulary “{vocabulary}” is missing, or empty"),
    Text(
        "recupere «{path}» de una versión anterior: sus palabras están en las fichas",
        "bring “{path}” back from an earlier version: its words are in the records",
    ),
)

_ID = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
"""A term's id becomes part of addresses and file names."""
_BAD_ID = Text(
    "su identificador lleva solo letras sin tildes, cifras y guiones",
    "its id has only letters without accents, digits and hyphens",
)
_LANGUAGE_NAMES = {"es": Text("español", "Spanish"), "en": Text("inglés", "English")}
_UNKNOWN_KEY = Text("«{key}» no existe aquí; caben {keys}", "there is no “{key}” here; there may be {keys}")
_BAD_VALUE = Text("escriba «{key}: {example}»", "write “{key}: {example}”")
_EXAMPLES = {
    "es": "Agua",
    "en": "Water",
    "description": "{es: …, en: …}",
    "broader": "agua",
    "lat": "-17.19",
    "lon": "-70.93",
    "bounds": "[-18.4, -81.4, 0, -68.6]",
    "reniec": "170101",
    "visibility": "members",
}
"""What may be said of a term."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry. `point` is (lat, lon) in degrees, `bounds` (south, west, north, east): of places and countries."""

    id: str
    label: Text
    description: Text | None = None
    broader: str | None = None
    point: tuple[float, float] | None = None
    bounds: tuple[float, float, float, float] | None = None
    reniec: str | None = None
    members_only: bool = False
    """Whether its very name is for members: it is in no public page, list of choices or schema."""


@dataclass(frozen=True)
class Vocabulary:
    name: str
    terms: Mapping[str, Term]

    @cached_property
    def public(self) -> "Vocabulary":
        """Itself, where all its terms may be seen."""
        open_ones = {term.id: term for term in self.terms.values() if not term.members_only}
        return self if len(open_ones) == len(self.terms) else Vocabulary(self.name, open_ones)

    def names(self) -> dict[str, tuple[str, str]]:
        """What an author may have had in mind for each term: its labels."""
        return {term.id: (term.label.es, term.label.en) for term in self.terms.values()}

    def with_broader(self, term_id: str) -> Iterator[str]:
        """A term and all that are broader, nearest first."""
        step: str | None = term_id
        seen: set[str] = set()
        while step and step in self.terms and step not in seen:
            seen.add(step)
            yield step
            step = self.terms[step].broader


Vocabularies = Mapping[str, Vocabulary]


class _Unread(dict[str, Term]):
    """The terms of a vocabulary that nobody could read: any word may be one, so that no record is blamed for it."""

    def __contains__(self, term_id: object) -> bool:
        return isinstance(term_id, str)

    def __missing__(self, term_id: str) -> Term:
        return _decode(term_id, {})


def missing_vocabulary(source: Source, *, said: bool) -> tuple[Vocabulary, list[Diagnostic]]:
    """The vocabulary of a file that is not there or holds nothing; `said` where it is known already why."""
    name = PurePosixPath(source.path).stem
    problem = MISSING_VOCABULARY.at(source, Span(0, 0), vocabulary=name, path=source.path)
    return Vocabulary(name, _Unread()), [] if said else [problem]


def read_vocabulary(source: Source) -> tuple[Vocabulary, list[Diagnostic]]:
    """The vocabulary in a YAML file. A term with an error keeps its id, so that records that use it are not blamed."""
    name = PurePosixPath(source.path).stem
    node, _, problems = parse_yaml(source, 0, source.text)
    if not problems and (node is None or not node.value):
        return missing_vocabulary(source, said=False)
    if not isinstance(node, yaml.MappingNode):
        if not problems:
            problems.append(BAD_VOCABULARY.at(source, Span(0, len(source.line(1))), term=name))
        # One slip in the file must not refuse every record: what stands at the start of a line is a term's id.
        ids = re.findall(r"^[\"']?(\w[\w-]*)[\"']?:", source.text, re.MULTILINE)
        return Vocabulary(name, _Unread({term_id: _decode(term_id, {}) for term_id in ids})), problems
    terms: dict[str, Term] = {}
    for key, value in node.value:
        term, found = _term(source, key, value)
        problems += found
        terms.setdefault(term.id, term)
    entries = {str(key.value): (key, value) for key, value in reversed(node.value)}
    return Vocabulary(name, terms), [*problems, *islice(_across(source, terms, entries), MOST_OF_A_RULE)]


def _term(source: Source, key: yaml.Node, node: yaml.Node) -> tuple[Term, list[Diagnostic]]:
    term_id = str(key.value)
    if not _ID.fullmatch(term_id):
        return _decode(term_id, {}), [BAD_VOCABULARY.at(source, _span(key), hint=_BAD_ID, term=term_id)]
    if not isinstance(node, yaml.MappingNode):
        return _decode(term_id, {}), [BAD_VOCABULARY.at(source, _span(key), term=term_id)]
    entry = {str(name.value): _plain(value) for name, value in node.value}
    good = {name: value for name, value in entry.items() if _is_good(name, entry)}
    problems = []
    for name, value in node.value:
        if name.value not in good:
            example, keys = _EXAMPLES.get(name.value), ", ".join(_EXAMPLES)
            place, hint = (_span(value), _BAD_VALUE) if example else (_span(name), _UNKNOWN_KEY)
            facts = {"term": term_id, "key": str(name.value), "keys": keys, "example": example or ""}
            problems.append(BAD_VOCABULARY.at(source, place, hint=hint, fix=(), **facts))
    for lang in LANGUAGES:
        if not entry.get(lang):
            language = _LANGUAGE_NAMES[lang]
            problems.append(MISSING_LABEL.at(source, _span(key), term=term_id, language=language, key=lang))
    return _decode(term_id, good), problems


def _is_good(name: str, entry: dict[str, object]) -> bool:
    """Whether a value of a term has the form that its name asks for."""
    value = entry[name]
    if name == "description":
        return isinstance(value, dict) and all(isinstance(value.get(lang), str) for lang in LANGUAGES)
    if name == "bounds":
        return isinstance(value, list) and len(value) == 4 and all(map(_is_number, value))
    if name == "visibility":
        return value in ("public", "members")
    if name in ("lat", "lon"):
        return _is_number(value) and {"lat", "lon"} <= set(entry)
    return name in _EXAMPLES and isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", value))


def _decode(term_id: str, entry: Mapping[str, Any]) -> Term:
    description = entry.get("description")
    bounds = [float(edge) for edge in entry.get("bounds", ())]
    return Term(
        term_id,
        Text(entry.get("es") or term_id, entry.get("en") or term_id),
        Text(description["es"], description["en"]) if description else None,
        entry.get("broader") or None,
        (float(entry["lat"]), float(entry["lon"])) if "lat" in entry else None,
        (bounds[0], bounds[1], bounds[2], bounds[3]) if bounds else None,
        entry.get("reniec") or None,
        entry.get("visibility") == "members",
    )


def _across(
    source: Source, terms: Mapping[str, Term], entries: Mapping[str, tuple[yaml.Node, yaml.Node]]
) -> Iterator[Diagnostic]:
    for lang in LANGUAGES:
        owners: dict[str, str] = {}
        for term in terms.values():
            label, place = term.label.to(lang), _child(entries[term.id][1], lang)
            other = owners.setdefault(slug(label), term.id) if place else term.id
            if place and other != term.id:
                yield DUPLICATE_LABEL.at(source, place, term=term.id, other=other, label=label)
    for term in terms.values():
        place = _child(entries[term.id][1], "broader")
        if term.broader and term.broader not in entries and place:
            guess = nearest(
                term.broader, {it.id: (it.label.es, it.label.en) for it in terms.values() if it is not term}
            )
            hint = DID_YOU_MEAN if guess else None
            yield UNKNOWN_BROADER.at(source, place, hint=hint, term=term.id, broader=term.broader, nearest=guess or "")


def _child(node: yaml.Node, name: str) -> Span | None:
    """The place of one value of a term's entry."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((_span(value) for key, value in node.value if key.value == name), None)


def _plain(node: yaml.Node) -> object:
    """Text; a mapping or a list of what is inside."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


def _span(node: yaml.Node) -> Span:
    return Span(node.start_mark.index, node.end_mark.index)
