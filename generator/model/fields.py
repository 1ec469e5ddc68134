"""How a field is declared: once, with its labels, hint and example; everything else is derived from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from generator.base.text import Text, slug


@dataclass(frozen=True, slots=True)
class About:
    """What people are told about a field, and what the site does with it."""

    label: Text
    hint: Text
    example: Any
    translatable: bool = False
    members_only: bool = False
    unattributed: bool = False
    """Whether it goes out under the Chatham House rule too: it says nothing of who was there or who said what."""
    living: bool = False
    """Whether it may change after minutes are approved: it is follow-up or care, not what the meeting approved."""
    on_sheet: bool = True
    """Whether the record's page shows it in its fact sheet."""
    proper_name: bool = False
    """Whether a translation may leave it as it is."""
    never_person: bool = False
    """Whether it names an organisation or a team, and nobody by name."""
    editorial: bool = False
    """Whether editors say it: a document to fill in does not ask for it."""
    aside: bool = False
    """Whether it says nothing to translate: a translation does not age when it changes."""
    why: Text | None = None
    """Why it is asked, where that is not said by its kind of value."""


class Part(BaseModel):
    """A group of fields inside a record. Frozen; a field that is not declared is an error."""

    # Built when it is first asked for, which a part inside another never is.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


def about(  # noqa: PLR0913  # one line a field: what is said of it stands beside it
    es: str,
    en: str,
    *,
    hint: tuple[str, str],
    example: Any = None,
    default: Any = ...,
    why: tuple[str, str] | None = None,
    least: int | None = None,
    most: int | None = None,
    **told: bool,
) -> Any:
    """Declares a field: labels, hint, example, and what of `About` is true of it. Without a default it is required.

    `least` and `most` bound the characters of a text or the entries of a list.
    """
    facts = About(Text(es, en), Text(*hint), example, why=Text(*why) if why else None, **told)
    return _declared(facts, default, least, most)


def again(model: type[BaseModel], name: str, *, default: Any = ..., least: int | None = None, **told: Any) -> Any:
    """A field of another class once more, with another need, and whatever of `About` is to be told otherwise."""
    return _declared(replace(about_of(model.model_fields[name]), **told), default, least, None)


def _declared(facts: About, default: Any, least: int | None, most: int | None) -> Any:
    extra = cast("dict[str, Any]", {"about": facts})
    return Field(default, min_length=least, max_length=most, json_schema_extra=extra)


def about_of(field: FieldInfo) -> About:
    extra = cast("Mapping[str, Any]", field.json_schema_extra or {})
    facts = extra["about"]
    assert isinstance(facts, About)  # noqa: S101
    return facts


def names_of_fields(model: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """For each key, the other words an author may type for it: its labels, as keys and as words."""
    names: dict[str, tuple[str, ...]] = {}
    for key, field in model.model_fields.items():
        label = about_of(field).label
        names[key] = (slug(label.es, "_"), slug(label.en, "_"), label.es, label.en)
    return names


def part_of(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `tuple[Part, ...]` or `Part | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is Annotated:
        return part_of(get_args(annotation)[0])
    return next((found for inner in get_args(annotation) if (found := part_of(inner))), None)


@cache
def part_in(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model inside a field."""
    return part_of(model.model_fields[name].annotation)


def is_list(field: FieldInfo) -> bool:
    """Whether it holds any number of entries."""
    return "tuple" in str(field.annotation)


def marks_of(annotation: Any, metadata: list[Any], kind: type[Any]) -> Iterator[Any]:
    """The marks of a kind (`TermOf`, `Reference`, `Choice`) anywhere in a field's annotation."""
    yield from (mark for mark in metadata if isinstance(mark, kind))
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        yield from marks_of(inner, marks, kind)
    else:
        for inner in get_args(annotation):
            yield from marks_of(inner, [], kind)
