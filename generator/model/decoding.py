"""Typed records out of documents: pydantic decides what is wrong, our rules say it at the author's line."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.nearest import nearest
from generator.base.text import Fact, Text
from generator.model.fields import about_of, names_of_fields, part_of
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Document, Value

MISSING_FIELD = Rule(
    "KB301",
    "missing-field",
    Severity.ERROR,
    Text("falta el campo «{field}» ({label})", "field “{field}” ({label}) is missing"),
    Text("{about} Por ejemplo: «{example}»", "{about} For example: “{example}”"),
)
UNKNOWN_FIELD = Rule(
    "KB302",
    "unknown-field",
    Severity.ERROR,
    Text("el campo «{field}» no existe aquí", "there is no field “{field}” here"),
    Text("los campos son: {fields}", "the fields are: {fields}"),
)
WRONG_SHAPE = Rule(
    "KB303",
    "wrong-shape",
    Severity.ERROR,
    Text("«{field}» debe ser {expected}", "“{field}” must be {expected}"),
    Text("escriba «{example}»", "write “{example}”"),
)
TOO_LONG = Rule(
    "KB304",
    "too-long",
    Severity.ERROR,
    Text(
        "«{field}» tiene {actual} {unit} y el máximo es {limit}", "“{field}” has {actual} {unit}; the most is {limit}"
    ),
    Text("quite al menos {surplus}", "take away at least {surplus}"),
)
TOO_SHORT = Rule(
    "KB305",
    "too-short",
    Severity.ERROR,
    Text(
        "«{field}» tiene {actual} {unit} y el mínimo es {limit}", "“{field}” has {actual} {unit}; the least is {limit}"
    ),
    Text("añada al menos {surplus}", "add at least {surplus}"),
)

_NEAREST_FIELD = Text("¿quiso decir «{nearest}»?", "did you mean “{nearest}”?")
_CHARACTERS, _ENTRIES = Text("caracteres", "characters"), Text("entradas", "entries")
_SHAPES = {
    "string_type": Text("un texto", "a text"),
    "list_type": Text("una lista", "a list"),
    "tuple_type": Text("una lista", "a list"),
    "model_type": Text("un grupo de campos", "a group of fields"),
    "model_attributes_type": Text("un grupo de campos", "a group of fields"),
    "dict_type": Text("un grupo de campos", "a group of fields"),
}

Model = TypeVar("Model", bound=BaseModel)


def decode(document: Document, model: type[Model], vocabularies: Vocabularies) -> tuple[Model | None, list[Diagnostic]]:
    """The typed record, or all the reasons why there is none."""
    try:
        return model.model_validate(_without_empty(document.values), context=vocabularies), []
    except ValidationError as failure:
        errors = failure.errors(include_url=False)
        return None, [_diagnose(document, model, error) for error in errors if not _is_echo(error, errors)]


def _is_echo(error: Mapping[str, Any], errors: Iterable[Mapping[str, Any]]) -> bool:
    """A list counts only its valid entries: where one of them is wrong, that it is too short says nothing new."""
    place = tuple(error["loc"])
    return error["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and tuple(other["loc"][: len(place)]) == place for other in errors
    )


def _without_empty(value: Value) -> Any:
    """A field that is written but left empty counts as absent."""
    if isinstance(value, dict):
        return {key: _without_empty(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [{} if inner is None else _without_empty(inner) for inner in value]
    return value


def _diagnose(document: Document, model: type[BaseModel], error: Mapping[str, Any]) -> Diagnostic:
    kind: str = error["type"]
    location = tuple(error["loc"])
    context: Mapping[str, Any] = error.get("ctx", {})
    source = document.source
    if kind == "rule":
        rule, hint, facts = context["rule"], context["hint"], context["facts"]
        return _at(document, rule, location, hint, facts)
    owner, field = _declared(model, location)
    if kind == "extra_forbidden":
        names = names_of_fields(owner)
        guess = nearest(field, names)
        return UNKNOWN_FIELD.at(
            source,
            document.key(location),
            hint=_NEAREST_FIELD if guess else None,
            field=field,
            nearest=guess or "",
            fields=", ".join(names),
        )
    told = about_of(owner.model_fields[field])
    if kind == "missing":
        place = document.key(location)
        return MISSING_FIELD.at(
            source, place, field=field, label=told.label, about=told.hint, example=written(field, told.example)
        )
    if kind in ("string_too_long", "too_long", "string_too_short", "too_short"):
        return _bounds(document, kind, location, field, context, error["input"])
    shape = _SHAPES.get(kind, Text("otra cosa", "something else"))
    return WRONG_SHAPE.at(
        source, document.at(location), field=field, expected=shape, example=written(field, told.example)
    )


def _bounds(
    document: Document, kind: str, location: tuple[str | int, ...], field: str, context: Mapping[str, Any], value: Any
) -> Diagnostic:
    limit: int = context["max_length"] if "long" in kind else context["min_length"]
    actual = len(value)
    return (TOO_LONG if "long" in kind else TOO_SHORT).at(
        document.source,
        document.at(location),
        field=field,
        actual=actual,
        limit=limit,
        surplus=abs(actual - limit),
        unit=_CHARACTERS if kind.startswith("string") else _ENTRIES,
    )


def _at(
    document: Document, rule: Rule, location: tuple[str | int, ...], hint: Text | None, facts: Mapping[str, Fact]
) -> Diagnostic:
    return rule.at(document.source, document.at(location), hint=hint, **facts)


def _declared(model: type[BaseModel], location: Iterable[str | int]) -> tuple[type[BaseModel], str]:
    """The model that an error is about, and the name of the field in it, declared or not."""
    owner, field = model, ""
    for step in location:
        if not isinstance(step, str):
            continue
        if field:
            inner = part_of(owner.model_fields[field].annotation) if field in owner.model_fields else None
            if inner is None:
                break
            owner = inner
        field = step
    return owner, field


def written(field: str, example: Any) -> str:
    """An example as it would be typed in one line."""
    return f"{field}: {flow(example)}"


def flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return str(value)
