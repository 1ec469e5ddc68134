"""Typed records out of documents: pydantic decides what is wrong, our rules say it at the author's line."""

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.nearest import DID_YOU_MEAN, named, nearest
from generator.base.text import Edit, Fact, Span, Text
from generator.model.fields import about_of, names_of_fields, part_of
from generator.model.vocabulary import Vocabularies
from generator.reading.characters import BULLETS
from generator.reading.frontmatter import Document, Location

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
    Text("quite al menos {surplus} {surplus_unit}", "take away at least {surplus} {surplus_unit}"),
)
TOO_SHORT = Rule(
    "KB305",
    "too-short",
    Severity.ERROR,
    Text(
        "«{field}» tiene {actual} {unit} y el mínimo es {limit}", "“{field}” has {actual} {unit}; the least is {limit}"
    ),
    Text("añada al menos {surplus} {surplus_unit}", "add at least {surplus} {surplus_unit}"),
)

_EMPTY_ENTRY = Text("borre la entrada vacía o escriba su valor", "delete the empty entry or write its value")
_CHARACTERS = (Text("carácter", "character"), Text("caracteres", "characters"))
_ENTRIES = (Text("entrada", "entry"), Text("entradas", "entries"))
_LIST, _GROUP = Text("una lista", "a list"), Text("un grupo de campos", "a group of fields")
_SHAPES = {
    "string_type": Text("un texto", "a text"),
    "date_type": Text("una fecha", "a date"),
    "decimal_type": Text("un número", "a number"),
    "int_type": Text("un número", "a number"),
    "bool_type": Text("«yes» o «no»", "“yes” or “no”"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
}

_IS_ONE_OR_WORDS = re.compile(r"[^,]+|[\w-]+(?:, *[\w-]+)*")
"""What is certainly a list: one thing, or several words; a comma may also be part of a sentence."""
_BETWEEN = rf"\s*[;*{BULLETS}]\s*|(?:^|\s+)(?:[-–—/]|\d{{1,2}}[.)])\s+|(?:^|(?<=\s))-(?=\w)"
"""Signs that stand between the entries of a list where somebody does not write YAML."""
_MOST_SHOWN = 120
"""Characters of an author's value that a hint repeats."""

Model = TypeVar("Model", bound=BaseModel)


def decode(document: Document, model: type[Model], vocabularies: Vocabularies) -> tuple[Model | None, list[Diagnostic]]:
    """The typed record, or all the reasons why there is none."""
    try:
        return model.model_validate(document.values, context=vocabularies), []
    except ValidationError as failure:
        errors = failure.errors(include_url=False)
        misnamed = {(*error["loc"][:-1], _nearest_field(model, error["loc"])) for error in errors if _is_unknown(error)}
        return None, [_diagnose(document, model, error) for error in errors if not _is_echo(error, errors, misnamed)]


def _is_unknown(error: Mapping[str, Any]) -> bool:
    return bool(error["type"] == "extra_forbidden")


def _is_echo(error: Mapping[str, Any], errors: Iterable[Mapping[str, Any]], misnamed: Container[object]) -> bool:
    """Whether it says nothing new: `title` is missing because of `titulo`, a list short because an entry is wrong."""
    place = tuple(error["loc"])
    if error["type"] == "missing":
        return place in misnamed
    return error["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and tuple(other["loc"][: len(place)]) == place for other in errors
    )


def _diagnose(document: Document, model: type[BaseModel], error: Mapping[str, Any]) -> Diagnostic:
    kind: str = error["type"]
    location: Location = tuple(error["loc"])
    context: Mapping[str, Any] = error.get("ctx", {})
    source, place = document.source, document.at(location)
    if location[-1:] == ("[key]",):
        place = document.key(location[:-1])
    if kind == "rule":
        rule: Rule = context["rule"]
        fix = _fix(document, place, error["input"], context["right"])
        return rule.at(source, place, hint=context["hint"], fix=fix, **context["facts"])
    owner, field = _declared(model, location)
    if _is_unknown(error):
        guess = _nearest_field(model, location)
        hint, names = DID_YOU_MEAN if guess else None, ", ".join(owner.model_fields)
        place = document.key(location)
        sure = named(field, names_of_fields(owner))
        fix = (Edit(place, sure),) if sure and sure not in document.beside(location) else ()
        return UNKNOWN_FIELD.at(source, place, hint=hint, fix=fix, field=field, nearest=guess or "", fields=names)
    told = about_of(owner.model_fields[field])
    if kind == "missing":
        place, example = document.key(location), written(field, told.example)
        return MISSING_FIELD.at(source, place, field=field, label=told.label, about=told.hint, example=example)
    if kind.endswith(("too_long", "too_short")):
        rule, facts = _bounds(kind, context, len(error["input"]))
        place = place if kind.startswith("string") else document.key(location)
        return rule.at(source, place, hint=None, fix=(), field=field, **facts)
    expected = context.get("expected") or _SHAPES.get(kind, Text("otra cosa", "something else"))
    if isinstance(location[-1], int):
        expected = Text(f"una lista y cada entrada, {expected.es}", f"a list and each entry {expected.en}")
    meant = _as_meant(expected, error["input"], told.example)
    is_sure = meant is not told.example and _IS_ONE_OR_WORDS.fullmatch(str(error["input"]))
    fix = _fix(document, place, error["input"], _flow(meant)) if is_sure else ()
    hint, example = _EMPTY_ENTRY if error["input"] == {} else None, written(field, meant)
    return WRONG_SHAPE.at(source, place, hint=hint, fix=fix, field=field, expected=expected, example=example)


def _fix(document: Document, place: Span, value: Any, right: str | None) -> tuple[Edit, ...]:
    """The edit that puts what is right in the place of one plain value, quotes included."""
    is_whole = document.source.text[place.start : place.end].strip("\"'") == value
    return (Edit(place, right if right.startswith("[") else _flow(right)),) if right and is_whole else ()


def _bounds(kind: str, context: Mapping[str, Any], actual: int) -> tuple[Rule, dict[str, Fact]]:
    rule, limit = (TOO_LONG, context["max_length"]) if "long" in kind else (TOO_SHORT, context["min_length"])
    one, many = _CHARACTERS if kind.startswith("string") else _ENTRIES
    surplus = abs(actual - limit)
    unit, unit_of_surplus = (one if count == 1 else many for count in (actual, surplus))
    return rule, {"actual": actual, "unit": unit, "limit": limit, "surplus": surplus, "surplus_unit": unit_of_surplus}


def _as_meant(expected: Text, value: Any, example: Any) -> Any:
    """The author's own value in the right shape where that is plain, else the field's example."""
    if expected is _LIST and type(value) is type(example[0]) and len(str(value)) <= _MOST_SHOWN:
        return [value] if isinstance(value, dict) else _entries(value, example)
    if isinstance(example, str) and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    return example


def _entries(value: str, example: Iterable[str]) -> list[str]:
    """The entries of a list that was written as one text; ids are parted by other signs too, and by «y» and «and»."""
    if not all(re.fullmatch("[a-z0-9-]+", each) for each in example):
        return [part.strip() for part in value.split(",")]
    parts = re.split(rf",|{_BETWEEN}", re.sub(r"(?<=[\w-]),? (?:y|e|and) (?=[\w-]+$)", ",", value))
    return [part.strip() for part in parts if part.strip()]


def _nearest_field(model: type[BaseModel], location: Location) -> str | None:
    owner, field = _declared(model, location)
    return nearest(field, names_of_fields(owner))


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
    return f"{field}: {example}" if isinstance(example, str) else f"{field}: {_flow(example)}"


def _flow(value: Any) -> str:
    """A list or a group in brackets; a text in quotes where a comma, a colon or a bracket would end it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' if re.search(r"[,\[\]{}#\"\\]|: ", text) else text
