"""Translations, derived from the record classes: only what is translatable, laid over the original."""

from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, create_model

from generator.model.fields import Part, about, about_of, part_of
from generator.model.record import TRANSLATION

Model = TypeVar("Model", bound=BaseModel)


class Translation(Part):
    translation: Annotated[str, TRANSLATION] = about(
        "Traducción", "Translation",
        hint=("Diga quién la hizo: human, machine o machine-reviewed.", "Say who made it: human, machine or machine-reviewed."),
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
        words = (told.label.es, told.label.en)
        hint = (told.hint.es, told.hint.en)
        if told.translatable:
            kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            default = ... if required and field.is_required() and not told.proper_name else None
            fields[name] = (
                kind if default is ... else kind | None,
                about(*words, hint=hint, example=told.example, default=default),
            )
        elif part and (translated := _part_translation(part)):
            is_list = "tuple" in str(field.annotation)
            kind = tuple[translated, ...] if is_list else translated | None  # type: ignore[valid-type]
            empty = () if is_list else None
            fields[name] = (kind, about(*words, hint=hint, example=told.example, default=empty))
    return fields


def overlay(original: Model, translation: BaseModel) -> Model:
    """The original with every text that the translation has; lists are matched by position."""
    changes: dict[str, Any] = {}
    for name in type(translation).model_fields:
        new = getattr(translation, name)
        if name not in type(original).model_fields or new in (None, ()):
            continue
        old = getattr(original, name)
        if isinstance(new, BaseModel) and isinstance(old, BaseModel):
            changes[name] = overlay(old, new)
        elif isinstance(new, tuple) and new and isinstance(new[0], BaseModel):
            padded = [*new, *[None] * (len(old) - len(new))]
            changes[name] = tuple(overlay(was, now) if now else was for was, now in zip(old, padded, strict=False))
        else:
            changes[name] = new
    return original.model_copy(update=changes)


def lengths_that_differ(original: BaseModel, translation: BaseModel) -> list[tuple[str, int, int]]:
    """Lists of the translation whose number of entries is not the original's: (field, translated, original)."""
    return [
        (name, len(new), len(getattr(original, name)))
        for name in type(translation).model_fields
        if isinstance(new := getattr(translation, name), tuple)
        and new
        and len(new) != len(getattr(original, name))
        and isinstance(new[0], BaseModel)
    ]
