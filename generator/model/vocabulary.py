"""Controlled vocabularies: the terms of each, their labels in both languages, and what is broader than what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from generator.base.diagnostics import Diagnostic, Rule, Severity
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
        "escriba «{term}:» y debajo, con dos espacios, «es: …» y «en: …»; también caben description, broader, lat, lon, bounds y reniec",
        "write “{term}:” and below it, indented by two spaces, “es: …” and “en: …”; description, broader, lat, lon, bounds and reniec may follow",
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

_LANGUAGE_NAMES = {"es": Text("español", "Spanish"), "en": Text("inglés", "English")}
_KEYS = {"es", "en", "description", "broader", "lat", "lon", "bounds", "reniec"}


@dataclass(frozen=True, slots=True)
class Term:
    """One entry. `point` is (lat, lon) in degrees, `bounds` (south, west, north, east); both for places and countries only."""

    id: str
    label: Text
    description: Text | None = None
    broader: str | None = None
    point: tuple[float, float] | None = None
    bounds: tuple[float, float, float, float] | None = None
    reniec: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    name: str
    terms: Mapping[str, Term]

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


def read_vocabulary(source: Source) -> tuple[Vocabulary, list[Diagnostic]]:
    """The vocabulary in a YAML file; terms that cannot be understood are left out and reported."""
    name = PurePosixPath(source.path).stem
    node, problems = parse_yaml(source, 0, source.text)
    if not isinstance(node, yaml.MappingNode):
        if node is not None:
            problems.append(BAD_VOCABULARY.at(source, Span(0, len(source.line(1))), term=name))
        return Vocabulary(name, {}), problems
    terms: dict[str, Term] = {}
    for key, value in node.value:
        place = Span(key.start_mark.index, key.end_mark.index)
        term, found = _term(source, place, str(key.value), value)
        problems += found
        if term:
            terms.setdefault(term.id, term)
    places = {str(key.value): Span(key.start_mark.index, key.end_mark.index) for key, _ in node.value}
    problems += _across(source, terms, places)
    return Vocabulary(name, terms), problems


def _term(source: Source, place: Span, term_id: str, node: yaml.Node) -> tuple[Term | None, list[Diagnostic]]:
    entry = _mapping(node)
    if entry is None or not set(entry) <= _KEYS:
        return None, [BAD_VOCABULARY.at(source, place, term=term_id)]
    missing = [lang for lang in LANGUAGES if not isinstance(entry.get(lang), str) or not entry[lang]]
    if missing:
        return None, [
            MISSING_LABEL.at(source, place, term=term_id, language=_LANGUAGE_NAMES[lang], key=lang) for lang in missing
        ]
    try:
        return _decode(term_id, entry), []
    except (KeyError, TypeError, ValueError):
        return None, [BAD_VOCABULARY.at(source, place, term=term_id)]


def _decode(term_id: str, entry: dict[str, object]) -> Term:
    description, bounds = entry.get("description"), entry.get("bounds")
    south, west, north, east = (float(edge) for edge in bounds) if isinstance(bounds, list) else (0.0,) * 4
    return Term(
        term_id,
        Text(str(entry["es"]), str(entry["en"])),
        Text(description["es"], description["en"]) if isinstance(description, dict) else None,
        str(entry["broader"]) if "broader" in entry else None,
        (float(str(entry["lat"])), float(str(entry["lon"]))) if "lat" in entry else None,
        (south, west, north, east) if bounds else None,
        str(entry["reniec"]) if "reniec" in entry else None,
    )


def _across(source: Source, terms: Mapping[str, Term], places: Mapping[str, Span]) -> Iterator[Diagnostic]:
    for lang in LANGUAGES:
        owners: dict[str, str] = {}
        for term in terms.values():
            label = term.label.to(lang)
            other = owners.setdefault(slug(label), term.id)
            if other != term.id:
                yield DUPLICATE_LABEL.at(source, places[term.id], term=term.id, other=other, label=label)
    for term in terms.values():
        if term.broader and term.broader not in terms:
            yield UNKNOWN_BROADER.at(source, places[term.id], term=term.id, broader=term.broader)


def _mapping(node: yaml.Node) -> dict[str, object] | None:
    """A term's entry as plain values: text, one mapping of texts, one list of texts."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return {str(key.value): _plain(value) for key, value in node.value}


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): str(value.value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [str(item.value) for item in node.value]
    return node.value
