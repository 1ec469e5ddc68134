"""JSON Schema (draft 2020-12) of every type of record and of its translations, for text editors and other programs.

Words stand in Spanish where JSON Schema has a place for them, and in English under the same key with `x-en-` before.
What depends on several fields or on other records is not here: `kb check` says it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from generator.base.text import Text
from generator.model.shape import WORDS_OF_YES, FieldShape, Shape, shapes_of
from generator.model.translation import translation_of
from generator.model.vocabulary import Vocabularies, Vocabulary
from generator.records import RECORD_CLASSES
from generator.records.page import Page

FOLDER = "esquema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TRANSLATION = Text("{} (traducción)", "{} (translation)")

Schema = dict[str, Any]


def schemas(vocabularies: Vocabularies, site_url: str) -> dict[str, Schema]:
    """By path from the site's root, the schema of each type; `site_url` ends with `/`."""
    found: dict[str, Schema] = {}
    for cls in RECORD_CLASSES:
        name, label = cls.kind.name, cls.kind.label
        found[f"{FOLDER}/{name}.json"] = _schema(cls, label, vocabularies)
        if cls is not Page:  # a page's translation is a page of its own
            translated = Text(_TRANSLATION.es.format(label.es), _TRANSLATION.en.format(label.en))
            found[f"{FOLDER}/{name}.translation.json"] = _schema(translation_of(cls), translated, vocabularies)
    return {path: {"$schema": DIALECT, "$id": site_url + path, **schema} for path, schema in found.items()}


def _schema(model: type[BaseModel], label: Text, vocabularies: Vocabularies) -> Schema:
    used = {name: _words(vocabularies[name]) for name in sorted(set(_vocabularies_in(model)))}
    return {**_said("title", label), **_group(model), **({"$defs": used} if used else {})}


def _vocabularies_in(model: type[BaseModel]) -> Iterator[str]:
    for field in shapes_of(model):
        if field.one.part:
            yield from _vocabularies_in(field.one.part)
        elif field.one.vocabulary:
            yield field.one.vocabulary


def _words(vocabulary: Vocabulary) -> Schema:
    words = _choices([(term.id, term.label) for term in vocabulary.terms.values()])
    # UBIGEO codes without quotes are numbers to everybody else.
    return {"anyOf": [words, {"type": "integer"}]} if all(term.isdecimal() for term in vocabulary.terms) else words


def _choices(words: list[tuple[str, Text]]) -> Schema:
    return {
        "enum": [word for word, _ in words],
        "enumDescriptions": [label.es for _, label in words],
        "x-en-enumDescriptions": [label.en for _, label in words],
    }


def _group(model: type[BaseModel]) -> Schema:
    fields = list(shapes_of(model))
    return {
        "type": "object",
        "properties": {field.name: _field(field) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }


def _field(field: FieldShape) -> Schema:
    value = _one(field.one)
    if field.many:
        each = value
        value = {"type": "array", "items": each, **_bounds(field, "Items")}
        value = {"anyOf": [value, each]} if field.alone else value
    else:
        value |= _bounds(field, "Length")
    if field.instead:
        value = {"anyOf": [value, {"const": field.instead.word, **_said("title", field.instead.label)}]}
    told = {**_said("title", field.told.label), **_said("description", field.told.hint)}
    default = {"default": field.default} if field.default else {}
    return {**told, **value, "examples": [field.told.example], **default}


def _bounds(field: FieldShape, of: str) -> Schema:
    bounds: Mapping[str, int | None] = {f"min{of}": field.least, f"max{of}": field.most}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _one(shape: Shape) -> Schema:
    """A number, a year or yes may stand without quotes: what reads YAML for an editor types them, we do not."""
    if shape.part:
        return _group(shape.part)
    if shape.counts:
        count = {"type": ["string", "integer"], "pattern": "^[0-9]{1,9}$", "minimum": 0}
        return {"type": "object", "propertyNames": _term(shape), "additionalProperties": count}
    if shape.yes:
        return {"enum": [*WORDS_OF_YES, True, False]}
    if shape.vocabulary or shape.choices:
        return _term(shape) if shape.vocabulary else _choices(list(shape.choices))
    pattern = {"pattern": f"^({shape.pattern})$"} if shape.pattern else {}
    return {"type": ["string", "number"] if shape.bare else "string", **pattern}


def _term(shape: Shape) -> Schema:
    return {"$ref": f"#/$defs/{shape.vocabulary}"}


def _said(key: str, words: Text) -> Schema:
    return {key: words.es, f"x-en-{key}": words.en}
