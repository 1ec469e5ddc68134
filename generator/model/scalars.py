"""Kinds of value that are one word: numbers, ids, web addresses, yes or no, currencies."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator

from generator.base.diagnostics import Rule, Severity
from generator.base.text import Text, slug
from generator.model.guesses import has_scheme, is_plain_number, is_web_address, number_meant, web_address_meant
from generator.model.kinds import BAD_CHOICE, Form, Shaped, guessed, quoted, refuse, single

BAD_URL = Rule(
    "KB308",
    "bad-web-address",
    Severity.ERROR,
    Text("«{value}» no es una dirección web", "“{value}” is not a web address"),
    Text(
        "cópiela completa del navegador: empieza con «https://» o «http://» y no lleva espacios",
        "copy it whole from the browser: it begins with “https://” or “http://” and has no spaces",
    ),
)
BAD_NUMBER = Rule(
    "KB309",
    "bad-number",
    Severity.ERROR,
    Text("«{value}» no es {expected}", "“{value}” is not {expected}"),
    Text("escriba {better}", "write {better}"),
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
_ID_MEANT = Text(
    "¿quiso decir «{better}»? Es el nombre del archivo sin «.md»: minúsculas sin tildes, cifras y guiones",
    "did you mean “{better}”? It is the file's name without “.md”: lower-case letters without accents, digits, hyphens",
)

AN_ID = Form(
    "[a-z0-9]+(-[a-z0-9]+)*",
    Text("minúsculas sin tildes, cifras y guiones", "lower-case letters without accents, digits and hyphens"),
)
_A_URL = Form(r"https?://\S+", Text("una dirección que empieza con https://", "an address that begins with https://"))
_A_NUMBER = Form(
    r"-?[0-9]+(\.[0-9]+)?",
    Text("un número escrito solo con cifras y punto decimal", "a number written with digits and a decimal point only"),
    bare=True,
)
_A_COUNT = Form(
    "[0-9]{1,9}", Text("un número entero escrito con cifras", "a whole number written in digits"), bare=True
)
_WRITE_THIS = Text("escriba «{nearest}»", "write “{nearest}”")
_SHORT_NUMBER = Text("un número de hasta 15 cifras y 20 decimales", "a number of up to 15 digits and 20 decimals")
_SUCH_AS = Text("la cifra, por ejemplo «1500000.50» o «-17.19»", "the digits, such as “1500000.50” or “-17.19”")
_SUCH_AS_12 = Text("la cifra, por ejemplo «12»", "the digits, such as “12”")
_LONGEST_ADDRESS = 2000
_ONE_SOURCE = Text("el número de una fuente", "the number of a source")


def _read_url(value: str) -> str:
    if not is_web_address(value):
        meant = web_address_meant(value) if len(value) <= _LONGEST_ADDRESS else None
        sure = meant if has_scheme(value) else None
        refuse(BAD_URL, _WRITE_THIS if meant else None, value=value, right=sure, nearest=meant or "")
    return value


def _read_number(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    text = single(value, "decimal_type")
    if not re.fullmatch(_A_NUMBER.pattern, text):
        meant = guessed(number_meant, text)
        sure, better = meant if is_plain_number(text) else None, quoted(meant) if meant else _SUCH_AS
        refuse(BAD_NUMBER, value=text, right=sure, expected=_A_NUMBER.expected, better=better)
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,20})?", text):  # no sum is larger; machines write 17 decimals
        refuse(BAD_NUMBER, value=text, expected=_SHORT_NUMBER, better=_SUCH_AS)
    return Decimal(text)


def _read_count(value: Any) -> int:
    if isinstance(value, int):
        return value
    text = single(value, "int_type")
    if not re.fullmatch(_A_COUNT.pattern, text):
        digits = re.fullmatch(r"\D*([0-9]{1,9})\D*", guessed(number_meant, text) or text)
        better = quoted(digits[1]) if digits else _SUCH_AS_12
        refuse(BAD_NUMBER, value=text, expected=_A_COUNT.expected, better=better)
    return int(text)


def _read_yes(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = single(value, "bool_type")
    answer = {"yes": True, "no": False, "sí": True, "si": True, "true": True, "false": False}.get(text.lower())
    if answer is None:
        refuse(BAD_CHOICE, value=text, choices=Text("yes (sí), no", "yes, no"))
    return answer


def _read_id(value: str) -> str:
    if not re.fullmatch(AN_ID.pattern, value):
        better = slug(value.removesuffix(".md"))
        refuse(BAD_ID, _ID_MEANT if better else None, value=value, better=better)
    return value


def _one_or_many(value: Any) -> Any:
    """`source: 1` is a list of one; `source: 1, 2` is text to YAML."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]+(?: ?(?:[,;y]|and) ?[0-9]+)+", value):
        listed = ", ".join(re.findall("[0-9]+", value))
        refuse(BAD_NUMBER, value=value, right=f"[{listed}]", expected=_ONE_SOURCE, better=quoted(f"[{listed}]"))
    return value if isinstance(value, list | tuple) else [value]


Url = Annotated[str, _A_URL, AfterValidator(_read_url)]
Number = Annotated[Decimal, _A_NUMBER, PlainValidator(_read_number)]
Count = Annotated[int, _A_COUNT, PlainValidator(_read_count)]
Yes = Annotated[bool, PlainValidator(_read_yes)]
Id = Annotated[str, AN_ID, AfterValidator(_read_id)]
SourceNumbers = Annotated[tuple[Count, ...], Field(min_length=1), BeforeValidator(_one_or_many)]
"""One position in the record's list of sources, or several; counted from 1, as they are printed."""


Currency = Annotated[
    str,
    Shaped(
        "[A-Z]{3}",
        Text(
            "un código de tres mayúsculas: «PEN» para soles, «USD» para dólares",
            "a code of three capitals: “PEN” for soles, “USD” for dollars",
        ),
    ),
]
Zone = Annotated[
    str,
    Shaped(
        "[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]*[0-9]*)+|UTC",
        Text("una zona horaria como «America/La_Paz»", "a time zone such as “America/La_Paz”"),
    ),
]
