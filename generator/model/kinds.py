"""Kinds of value: dates, choices, terms of vocabularies, references; and how a kind refuses what an author wrote."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, NoReturn

from pydantic import GetCoreSchemaHandler, PlainValidator, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from generator.base.diagnostics import Rule, Severity
from generator.base.nearest import DID_YOU_MEAN, named, nearest
from generator.base.text import Fact, Text, slug
from generator.model.guesses import date_meant, date_written, moment_meant
from generator.model.vocabulary import Vocabularies, Vocabulary

BAD_DATE = Rule(
    "KB306",
    "bad-date",
    Severity.ERROR,
    Text("«{value}» no es una fecha que se entienda", "“{value}” is not a date we understand"),
    Text("escriba {better}", "write {better}"),
)
IMPOSSIBLE_DATE = Rule(
    "KB307",
    "impossible-date",
    Severity.ERROR,
    Text("la fecha «{value}» no existe en el calendario", "the date “{value}” does not exist in the calendar"),
    Text(
        "revise el mes y el día; si no está seguro, escriba solo «{known}»",
        "check the month and the day; if you are not sure, write just “{known}”",
    ),
)
BAD_CHOICE = Rule(
    "KB310",
    "bad-choice",
    Severity.ERROR,
    Text("«{value}» no es una de las opciones", "“{value}” is not one of the choices"),
    Text("escriba una de estas: {choices}", "write one of these: {choices}"),
)
UNKNOWN_TERM = Rule(
    "KB401",
    "unknown-term",
    Severity.ERROR,
    Text("«{value}» no está en el vocabulario «{vocabulary}»", "“{value}” is not in vocabulary “{vocabulary}”"),
    Text("elija uno de estos: {choices}", "choose one of: {choices}"),
)
RENIEC_CODE = Rule(
    "KB402",
    "reniec-code",
    Severity.ERROR,
    Text(
        "«{value}» es un código del RENIEC y aquí se usa el UBIGEO del INEI",
        "“{value}” is a RENIEC code; here INEI's UBIGEO is used",
    ),
    Text("los códigos del INEI para Moquegua empiezan con 18", "INEI's codes for Moquegua begin with 18"),
)
_CHOICE_MEANT = Text(
    "¿quiso decir «{nearest}»? Las opciones son: {choices}", "did you mean “{nearest}”? The choices are: {choices}"
)
_A_DATE = Text(
    "el año «2023», el mes «2023-04» o el día «2023-04-19»",
    "the year “2023”, the month “2023-04” or the day “2023-04-19”",
)
_A_MOMENT = Text(
    "el día, y la hora si se sabe, así: «2025-12-15T18:00»", "the day, and the time if known, as in “2025-12-15T18:00”"
)
_DATE = re.compile(r"(?!0000)([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]((?:[01][0-9]|2[0-3]):[0-5][0-9])")
_MOST_SHOWN = 80
"""Characters of a value that a message repeats."""

_INEI_IS = Text("el código del INEI para {place} es «{inei}»", "INEI's code for {place} is “{inei}”")


def refuse(rule: Rule, hint: Text | None = None, *, value: str, right: str | None = None, **facts: Fact) -> NoReturn:
    """Raises what `decoding` turns into a diagnostic of this rule at the value's place; `right` is what belongs there
    where only one thing can be meant.
    """
    shown = value if len(value) <= _MOST_SHOWN else f"{value[:_MOST_SHOWN]}…"
    context = {"code": rule.code, "rule": rule, "hint": hint, "right": right, "facts": {"value": shown, **facts}}
    raise PydanticCustomError("rule", "{code}", context)


def single(value: Any, kind: Literal["date_type", "decimal_type", "int_type", "bool_type"]) -> str:
    """The text of a value; a list or a group in its place is of the wrong shape."""
    if not isinstance(value, str):
        raise PydanticKnownError(kind)
    return value


def guessed(guess: Callable[[str], str | None], text: str) -> str | None:
    """What a short text may mean; nobody's date is a paragraph."""
    return guess(text) if len(text) <= _MOST_SHOWN else None


def quoted(text: str) -> Text:
    return Text(f"«{text}»", f"“{text}”")


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is written: a regular expression that Python, JSON Schema and browsers read alike and the whole of
    it matches, and what that asks for.
    """

    pattern: str
    expected: Text
    bare: bool = False
    """Whether other readers of YAML than ours take it for a number where it stands without quotes."""


@dataclass(frozen=True, slots=True, order=True, repr=False)
class PartialDate:
    """A year, a month or a day, as precise as the author knows. Sorts by its first day."""

    first: date
    text: str

    def __repr__(self) -> str:
        return self.text

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def last(self) -> date:
        """The last day it may mean."""
        if len(self.text) == 10:
            return self.first
        if len(self.text) == 4:
            return date(self.year, 12, 31)
        return self.first.replace(day=monthrange(self.year, self.first.month)[1])


@dataclass(frozen=True, slots=True, order=True, repr=False)
class Moment:
    """A partial date or a local date and time, `2025-12-15T18:00`."""

    on: PartialDate
    time: str = ""

    def __repr__(self) -> str:
        return f"{self.on.text}T{self.time}" if self.time else self.on.text


def _read_date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    text = single(value, "date_type")
    written = text if _DATE.fullmatch(text) else guessed(date_meant, text)
    first = _first_day(written) if written else None
    if written and not first:
        year, month = written[:4], written[5:7]
        refuse(IMPOSSIBLE_DATE, value=text, known=written[:7] if "01" <= month <= "12" else year)
    if not first or written != text:
        sure = guessed(date_written, text)
        refuse(BAD_DATE, value=text, right=sure, better=quoted(written) if written else _A_DATE)
    return PartialDate(first, text)


@lru_cache(maxsize=4096)
def _first_day(text: str) -> date | None:
    """None where the calendar has no such day."""
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_moment(value: Any) -> Moment:
    if isinstance(value, Moment):
        return value
    text = single(value, "date_type")
    if found := _MOMENT.fullmatch(text):
        return Moment(_read_date(found[1]), found[2])
    if meant := guessed(moment_meant, text):
        _read_date(meant.partition("T")[0])
        refuse(BAD_DATE, value=text, right=meant, better=quoted(meant))
    if ":" in text:
        refuse(BAD_DATE, value=text, better=_A_MOMENT)
    return Moment(_read_date(text))


_DAY = "-(0[1-9]|[12][0-9]|3[01])"
_PARTIAL = f"(?!0000)[0-9]{{4}}(-(0[1-9]|1[0-2])({_DAY})?)?"
_TO_THE_MINUTE = f"[0-9]{{4}}-(0[1-9]|1[0-2]){_DAY}[T ]([01][0-9]|2[0-3]):[0-5][0-9]"
Date = Annotated[PartialDate, Form(_PARTIAL, _A_DATE, bare=True), PlainValidator(_read_date)]
When = Annotated[Moment, Form(f"{_PARTIAL}|{_TO_THE_MINUTE}", _A_MOMENT, bare=True), PlainValidator(_read_moment)]


@dataclass(frozen=True, slots=True)
class Choice:
    """`Annotated[str, Choice.of(("low", "bajo", "low"))]`: one of a few words of the model, with their labels."""

    labels: tuple[tuple[str, Text], ...]

    @classmethod
    def of(cls, *words: tuple[str, str, str]) -> "Choice":
        return cls(tuple((word, Text(es, en)) for word, es, en in words))

    def __get_pydantic_core_schema__(self, _source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(str))

    def _check(self, value: str) -> str:
        labels = dict(self.labels)
        if value not in labels:
            # «mixto» is not far from «resultado mixto»: each longer word of a label counts as a name too.
            names = {word: (label.es, label.en, *re.findall(r"\S{5,}", label.es)) for word, label in self.labels}
            guess, sure = nearest(value, names), named(value, {word: (it.es, it.en) for word, it in self.labels})
            choices = Text(
                ", ".join(f"{word} ({label.es})" if word != label.es else word for word, label in self.labels),
                ", ".join(labels),
            )
            hint = _CHOICE_MEANT if guess else None
            refuse(BAD_CHOICE, hint, value=value, right=sure, nearest=sure or guess or "", choices=choices)
        return value

    def label(self, word: str) -> Text:
        return dict(self.labels)[word]


class Shaped(Form):
    """`Annotated[str, Shaped(r"[A-Z]{3}", Text("tres mayúsculas", "three capitals"))]`: a text of a fixed form."""

    def __get_pydantic_core_schema__(self, _source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(str))

    def _check(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            raise PydanticCustomError("shape", "{expected}", {"expected": self.expected})
        return value


@dataclass(frozen=True, slots=True)
class TermOf:
    """`Annotated[str, TermOf("topics")]`: the id of a term of a vocabulary, which the validation context holds."""

    vocabulary: str

    def __get_pydantic_core_schema__(self, _source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(str))

    def _check(self, value: str, info: ValidationInfo) -> str:
        vocabularies: Vocabularies = info.context or {}
        vocabulary = vocabularies.get(self.vocabulary, Vocabulary(self.vocabulary, {}))
        if value not in vocabulary.terms:
            _refuse_term(value, vocabulary)
        return value


def _has_words(label: str, typed: str) -> bool:
    """«Ilo» is a province and a district: both have it in their names."""
    return bool(slug(typed)) and f"-{slug(typed)}-" in f"-{slug(label)}-"


def _refuse_term(value: str, vocabulary: Vocabulary) -> NoReturn:
    by_reniec = {term.reniec: term for term in vocabulary.terms.values() if term.reniec}
    if term := by_reniec.get(value):
        refuse(RENIEC_CODE, _INEI_IS, value=value, right=term.id, place=term.label, inei=term.id)
    if vocabulary.name == "places" and re.fullmatch(r"17\d{4}", value):
        refuse(RENIEC_CODE, value=value)
    sure, guess = named(value, vocabulary.names()), nearest(value, vocabulary.names())
    near = [f"{term.id} ({term.label.es})" for term in vocabulary.terms.values() if _has_words(term.label.es, value)]
    shown = ", ".join(near or [*vocabulary.terms][:12]) + (", …" if not near and len(vocabulary.terms) > 12 else "")
    hint = DID_YOU_MEAN if guess else None
    facts = {"vocabulary": vocabulary.name, "nearest": guess or "", "choices": shown}
    refuse(UNKNOWN_TERM, hint, value=value, right=sure, **facts)


@dataclass(frozen=True, slots=True)
class Reference:
    """`Annotated[str, Reference.to("organization")]`: a record's id; that it exists is checked once all are read."""

    types: tuple[str, ...]

    @classmethod
    def to(cls, *types: str) -> "Reference":
        return cls(types)


@dataclass(frozen=True, slots=True)
class Instead:
    """`Annotated[…, Instead("unknown", Text("no se sabe", "not known"))]`: a word that a field takes for a value."""

    word: str
    label: Text


@dataclass(frozen=True, slots=True)
class Attachment:
    """`Annotated[str, Attachment("image")]`: the name of a file in the record's folder, an image or any other."""

    kind: Literal["image", "file"]
