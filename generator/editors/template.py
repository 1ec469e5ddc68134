"""A first valid record of a type: its required fields with their examples, and its sections."""

from collections.abc import Mapping
from typing import Any

import yaml

from generator.base.text import Lang, Text
from generator.model.fields import about_of
from generator.model.record import Record

_SENTENCE = Text("Aquí va el texto, con su fuente.", "Here goes the text, with its source.")


class PlainDumper(yaml.SafeDumper):
    """Writes text without quotes where YAML allows it: all scalars are read as text."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012  # PyYAML's own way to turn guessing off


def as_yaml(values: Mapping[str, Any]) -> str:
    """Fields as a person writes them, each on lines of its own."""
    dumped: str = yaml.dump(dict(values), Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=100)
    return dumped


def first_fields(cls: type[Record]) -> list[str]:
    """The fields that a first record has, in the order of the model."""
    return [name for name, field in cls.model_fields.items() if field.is_required() or name in cls.kind.starters]


def heading_field(cls: type[Record]) -> str:
    """The field that says what a record is called: the first of its words."""
    return min(first_fields(cls), key=lambda name: not about_of(cls.model_fields[name]).translatable)


def example_fields(cls: type[Record]) -> dict[str, str]:
    """The lines of each field that a first record has, by key."""
    return {name: as_yaml({name: about_of(cls.model_fields[name]).example}) for name in first_fields(cls)}


def example_body(cls: type[Record], lang: Lang) -> str:
    sections = [f"## {section.to(lang)}\n\n{_SENTENCE.to(lang)}\n" for section in cls.kind.sections]
    return "\n".join(sections)


def example_record(cls: type[Record], lang: Lang = "es") -> str:
    """The whole file."""
    body = example_body(cls, lang)
    return "---\n" + "".join(example_fields(cls).values()) + "---\n" + (f"\n{body}" if body else "")
