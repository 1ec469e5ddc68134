"""For those who use Front Matter CMS in VS Code: a form beside the text, with the labels and hints of the model.

It begins no records (it would write a `type` that no record has): `kb new` and the snippets do. Lists of groups are
written in the text, where the form says so: it would add a field of its own to each entry.
"""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from generator.base.text import Text
from generator.model.record import STATUS, Record
from generator.model.shape import FieldShape, shapes_of
from generator.model.vocabulary import Vocabularies
from generator.records import RECORD_CLASSES

_SCHEMA = "https://frontmatter.codes/frontmatter.schema.json"
_IN_THE_TEXT = Text("{} (se escribe en el texto)", "{} (written in the text)")

Config = dict[str, Any]


def files(vocabularies: Vocabularies) -> Iterator[tuple[str, bytes]]:
    named = {name for cls in RECORD_CLASSES for field in shapes_of(cls) if (name := _taxonomy(field, vocabularies))}
    config: Config = {
        "$schema": _SCHEMA,
        "frontMatter.content.pageFolders": [_folder(cls) for cls in RECORD_CLASSES],
        "frontMatter.content.draftField": {
            "name": "status",
            "type": "choice",
            "choices": [word for word, _ in STATUS.labels],
        },
        "frontMatter.content.supportedFileTypes": ["md"],
        "frontMatter.taxonomy.indentArrays": False,
        "frontMatter.taxonomy.contentTypes": [
            {"name": cls.kind.name, "pageBundle": False, "clearEmpty": True, "fields": _fields(cls, vocabularies)}
            for cls in RECORD_CLASSES
        ],
        "frontMatter.taxonomy.customTaxonomy": [
            {"id": name, "options": [*vocabularies[name].terms]} for name in sorted(named)
        ],
    }
    yield "frontmatter.json", (json.dumps(config, ensure_ascii=False, indent=1) + "\n").encode()


def _folder(cls: type[Record]) -> Config:
    """A folder of one type tells the type of its files, which say nothing of it."""
    path = f"[[workspace]]/{cls.kind.folder}"
    return {"title": cls.kind.plural.es, "path": path, "contentTypes": [cls.kind.name], "disableCreation": True}


def _fields(model: type[BaseModel], vocabularies: Vocabularies, *, needed: bool = True) -> list[Config]:
    """Inside a group that is not needed, nothing is asked for as if it were."""
    return [_field(field, vocabularies, needed=needed and field.required) for field in shapes_of(model)]


def _field(field: FieldShape, vocabularies: Vocabularies, *, needed: bool) -> Config:
    one = field.one
    told: Config = {"name": field.name, "title": field.told.label.es, "description": field.told.hint.es}
    if one.counts or (one.part and field.many):
        return {**told, "type": "heading", "title": _IN_THE_TEXT.es.format(field.told.label.es)}
    if one.part:
        return {**told, "type": "fields", "fields": _fields(one.part, vocabularies, needed=needed)}
    told |= {"required": True} if needed else {}
    told |= {"default": field.default} if field.default else {}
    if name := _taxonomy(field, vocabularies):
        return {**told, "type": "taxonomy", "taxonomyId": name, **({"taxonomyLimit": field.most} if field.most else {})}
    if words := one.terms(vocabularies):
        words += ((field.instead.word, field.instead.label),) if field.instead else ()
        choices = [{"id": word, "title": label.es} for word, label in words]
        return {**told, "type": "choice", "choices": choices, **({"multiple": True} if field.many else {})}
    if field.many:
        return {**told, "type": "list"}
    return {**told, "type": "string", "single": not field.is_long}


def _taxonomy(field: FieldShape, vocabularies: Vocabularies) -> str:
    """The vocabulary of a field of several words, if its terms can be read: codes are chosen by their labels."""
    name = field.one.vocabulary if field.many and not field.one.counts else ""
    return name if name and all(term.islower() for term in vocabularies[name].terms) else ""
