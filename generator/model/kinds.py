"""Kinds of value: how the text in a field becomes a typed value, and what is said when it does not."""

import re

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, PlainValidator, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.base.diagnostics import Rule, Severity
from generator.base.nearest import nearest
from generator.base.text import Fact, Text
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
    Text("el día «{value}» no existe en el calendario", "the day “{value}” does not exist in the calendar"),
    Text(
        "revise el mes y el día; si no los conoce, escriba solo «{year}»",
        "check month and day; if unknown write just “{year}”",
    ),
)
BAD_URL = Rule(
    "KB308",
    "bad-web-address",
    Severity.ERROR,
    Text("«{value}» no es una dirección web", "“{value}” is not a web address"),
    Text(
        "empieza con «https://» o «http://» y no lleva espacios",
        "it begins with “https://” or “http://” and has no spaces",
    ),
)
BAD_NUMBER = Rule(
    "KB309",
    "bad-number",
    Severity.ERROR,
    Text("«{value}» no es {expected}", "“{value}” is not {expected}"),
    Text("escriba {better}", "write {better}"),
)
BAD_CHOICE = Rule(
    "KB310",
    "bad-choice",
    Severity.ERROR,
    Text("«{value}» no es una de las opciones", "“{value}” is not one of the choices"),
    Text("escriba una de estas: {choices}", "write one of: {choices}"),
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
BAD_ID = Rule(
    "KB501",
    "bad-id",
    Severity.ERROR,
    Text("«{value}» no puede ser el identificador de una ficha", "“{value}” cannot be a record's id"),
    Text(
        "es el nombre del archivo sin «.md»: minúsculas sin tildes, cifras y guiones",
        "it is the file's name without “.md”: lower-case letters without accents, digits and hyphens",
    ),
)

_DID_YOU_MEAN = Text("¿quiso decir «{nearest}»?", "did you mean “{nearest}”?")
_INEI_IS = Text("el código del INEI para {place} es «{inei}»", "INEI's code for {place} is “{inei}”")


def refuse(rule: Rule, hint: Text | None = None, **facts: Fact) -> NoReturn:
    """Raises what `decoding` turns into a diagnostic of this rule at the value's place."""
    raise PydanticCustomError("rule", "{code}", {"code": rule.code, "rule": rule, "hint": hint, "facts": facts})


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day, as precise as the author knows. Sorts by its first day."""

    first: date
    text: str

    def __str__(self) -> str:
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
        month = self.first.month
        following = date(self.year + month // 12, month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A partial date or a local date and time, `2025-12-15T18:00`."""

    on: PartialDate
    time: str = ""

    def __str__(self) -> str:
        return f"{self.on.text}T{self.time}" if self.time else self.on.text


def _read_date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    text = str(value)
    if not (found := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)):
        refuse(BAD_DATE, value=text, better=_better_date(text))
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    try:
        return PartialDate(date(year, month, day), text)
    except ValueError:
        refuse(IMPOSSIBLE_DATE, value=text, year=found[1])


def _better_date(text: str) -> Text:
    """What to type instead, read as Peruvians write dates: day first."""
    if found := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", text):
        better = f"«{found[3]}-{int(found[2]):02}-{int(found[1]):02}»"
        return Text(better, better)
    if found := re.fullmatch(r"(\d{4})[/.\-](\d{1,2})(?:[/.\-](\d{1,2}))?", text):
        better = f"«{found[1]}-{int(found[2]):02}" + (f"-{int(found[3]):02}»" if found[3] else "»")
        return Text(better, better)
    return Text(
        "el año «2023», el mes «2023-04» o el día «2023-04-19»",
        "the year “2023”, the month “2023-04” or the day “2023-04-19”",
    )


def _read_moment(value: Any) -> Moment:
    if isinstance(value, Moment):
        return value
    day, separator, clock = str(value).replace(" ", "T", 1).partition("T")
    if separator:
        try:
            datetime.strptime(clock, "%H:%M")  # noqa: DTZ007  # a local time: the zone is a field of its own
        except ValueError:
            better = Text("la hora como «2025-12-15T18:00»", "the time as “2025-12-15T18:00”")
            refuse(BAD_DATE, value=str(value), better=better)
    return Moment(_read_date(day), clock)


def _read_url(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@:]+\.[^\s/?#@:]+(?::\d+)?(?:[/?#]\S*)?", value):
        refuse(BAD_URL, value=value)
    return value


def _read_number(value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        digits = re.sub(r"[^\d.,]", "", str(value))
        better = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
        example = f"«{better}»" if re.fullmatch(r"\d+(\.\d+)?", better) else "«1500000.50»"
        expected = Text("un número sin separador de miles", "a number without thousands separators")
        refuse(BAD_NUMBER, value=str(value), expected=expected, better=example)
    return number


def _read_count(value: Any) -> int:
    if not re.fullmatch(r"\d{1,9}", str(value)):
        refuse(BAD_NUMBER, value=str(value), expected=Text("un número entero", "a whole number"), better="«12»")
    return int(value)


def _read_yes(value: Any) -> bool:
    answer = {"yes": True, "no": False, "sí": True, "si": True, "true": True, "false": False}.get(str(value).lower())
    if answer is None:
        refuse(BAD_CHOICE, value=str(value), choices="yes, no")
    return answer


def _read_id(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
        refuse(BAD_ID, value=value)
    return value


def _one_or_many(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Date = Annotated[PartialDate, PlainValidator(_read_date)]
When = Annotated[Moment, PlainValidator(_read_moment)]
Url = Annotated[str, AfterValidator(_read_url)]
Number = Annotated[Decimal, PlainValidator(_read_number)]
Count = Annotated[int, PlainValidator(_read_count)]
Yes = Annotated[bool, PlainValidator(_read_yes)]
Id = Annotated[str, AfterValidator(_read_id)]
SourceNumbers = Annotated[tuple[Count, ...], BeforeValidator(_one_or_many)]
"""One position in the record's list of sources, or several; counted from 1, as they are printed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`Annotated[str, Choice("a", "b")]`: one of a few words that are part of the model, with their labels."""

    labels: tuple[tuple[str, Text], ...]

    def __get_pydantic_core_schema__(self, _source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        words = {word for word, _ in self.labels}

        def check(value: str) -> str:
            if value not in words:
                labels = {word: (label.es, label.en) for word, label in self.labels}
                guess = nearest(value, labels)
                hint = Text(
                    "¿quiso decir «{nearest}»? las opciones son: {choices}",
                    "did you mean “{nearest}”? choices: {choices}",
                )
                choices = ", ".join(word for word, _ in self.labels)
                refuse(BAD_CHOICE, hint if guess else None, value=value, nearest=guess or "", choices=choices)
            return value

        return core_schema.no_info_after_validator_function(check, handler(str))

    def label(self, word: str) -> Text:
        return dict(self.labels)[word]


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


def _refuse_term(value: str, vocabulary: Vocabulary) -> NoReturn:
    by_reniec = {term.reniec: term for term in vocabulary.terms.values() if term.reniec}
    if term := by_reniec.get(value):
        refuse(RENIEC_CODE, _INEI_IS, value=value, place=term.label, inei=term.id)
    if vocabulary.name == "places" and re.fullmatch(r"17\d{4}", value):
        refuse(RENIEC_CODE, value=value)
    guess = nearest(value, vocabulary.names())
    shown = ", ".join(list(vocabulary.terms)[:12]) + (", …" if len(vocabulary.terms) > 12 else "")
    hint = _DID_YOU_MEAN if guess else None
    refuse(UNKNOWN_TERM, hint, value=value, vocabulary=vocabulary.name, nearest=guess or "", choices=shown)


@dataclass(frozen=True, slots=True)
class Reference:
    """`Annotated[Id, Reference("organization")]`: the id of a record; that it exists is checked once all are read."""

    types: tuple[str, ...]

    @classmethod
    def to(cls, *types: str) -> "Reference":
        return cls(types)
