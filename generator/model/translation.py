"""Translations, derived from the record classes: only what is translatable, laid over the original."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, create_model

from generator.model.fields import Part, about, about_of, again, is_list, part_in, part_of
from generator.model.record import TRANSLATION
from generator.reading.frontmatter import Location

Model = TypeVar("Model", bound=BaseModel)


class Translation(Part):
    translation: Annotated[str, TRANSLATION] = about(
        "Traducción", "Translation",
        hint=(
            "Diga quién la hizo: human, machine o machine-reviewed.",
            "Say who made it: human, machine or machine-reviewed.",
        ),
        example="machine",
    )  # fmt: skip
    translated_from: str | None = about(
        "Versión traducida", "Version translated",
        hint=("No la escriba: la pone la herramienta.", "Do not write it: the tool does."),
        example="3f2a9c0d1e4b", default=None,
    )  # fmt: skip


@cache
def translation_of(model: type[BaseModel]) -> type[Translation]:
    """The class of a record's translations: its translatable fields; what the original must have, they must too."""
    return create_model(f"{model.__name__}Translation", __base__=Translation, **_fields(model, required=True))


@cache
def _part_translation(model: type[BaseModel]) -> type[Part] | None:
    fields = _fields(model, required=False)
    return create_model(f"{model.__name__}Translation", __base__=Part, **fields) if fields else None


def _fields(model: type[BaseModel], *, required: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        told = about_of(field)
        part = part_of(field.annotation)
        if told.translatable:
            kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            needed = required and field.is_required() and not told.proper_name
            fields[name] = (kind, again(model, name)) if needed else (kind | None, again(model, name, default=None))
        elif part and (translated := _part_translation(part)):
            kind, empty = (tuple[translated, ...], ()) if is_list(field) else (translated | None, None)  # type: ignore[valid-type]
            fields[name] = (kind, again(model, name, default=empty, example=_narrowed(told.example, translated)))
    return fields


def _narrowed(example: Any, part: type[BaseModel]) -> Any:
    """An example of a group, or of a list of groups, without what is not translated."""
    if isinstance(example, list):
        return [_narrowed(entry, part) for entry in example]
    inner = {name: part_of(field.annotation) for name, field in part.model_fields.items() if name in example}
    return {name: _narrowed(example[name], group) if group else example[name] for name, group in inner.items()}


def overlay(original: Model, translation: BaseModel) -> Model:
    """The original with every text that the translation has; lists are matched by position."""
    changes: dict[str, Any] = {}
    for name, old, new in _said_twice(original, translation):
        if isinstance(new, BaseModel):
            changes[name] = overlay(old, new) if old else None
        elif isinstance(new, tuple) and isinstance(new[0], BaseModel):
            laid = tuple(overlay(was, now) for was, now in zip(old, new, strict=False))
            changes[name] = (*laid, *old[len(laid) :])
        else:
            changes[name] = new
    return original.model_copy(update=changes) if changes else original


def _said_twice(original: BaseModel, translation: BaseModel) -> Iterator[tuple[str, Any, Any]]:
    """The fields that a translation fills: their names, what the original says and what the translation says."""
    said, said_again = vars(original), vars(translation).items()
    return ((name, said[name], new) for name, new in said_again if name in said and new not in (None, ()))


def lengths_that_differ(
    original: BaseModel, translation: BaseModel, location: Location = ()
) -> Iterator[tuple[Location, tuple[Any, ...], tuple[Any, ...]]]:
    """Lists of the translation whose number of entries is not the original's: (location, translated, original). A
    group that the original does not have is one entry beside none.

    A text list that may be missing, such as a term's synonyms, has as many entries as each language needs.
    """
    for name, old, new in _said_twice(original, translation):
        if isinstance(new, BaseModel) and old is None:
            yield (*location, name), (new,), ()
        if isinstance(old, BaseModel) and isinstance(new, BaseModel):
            yield from lengths_that_differ(old, new, (*location, name))
        if not isinstance(old, tuple) or not isinstance(new, tuple):
            continue
        if len(new) != len(old) and (isinstance(new[0], BaseModel) or type(original).model_fields[name].is_required()):
            yield (*location, name), new, old
        for index, (was, now) in enumerate(zip(old, new, strict=False)):
            if isinstance(was, BaseModel) and isinstance(now, BaseModel):
                yield from lengths_that_differ(was, now, (*location, name, index))


def fixed_fields(
    original: type[BaseModel], translation: type[BaseModel], values: Mapping[str, Any], location: Location = ()
) -> Iterator[tuple[Location, tuple[str, ...]]]:
    """Fields that a translation sets and may not, however deep, each with those of its group that are translated."""
    written, translatable = original.model_fields, translation.model_fields
    for name, value in values.items():
        if name not in written:
            continue
        here = (*location, name)
        if name not in translatable:
            yield here, tuple(key for key in translatable if key in written)
            continue
        whole, narrowed = part_in(original, name), part_in(translation, name)
        entries = [((*here, i), entry) for i, entry in enumerate(value)] if isinstance(value, list) else [(here, value)]
        for place, entry in entries:
            if whole and narrowed and isinstance(entry, Mapping):
                yield from fixed_fields(whole, narrowed, entry, place)
