"""How values read: dates, numbers, money, and how far a claim goes, in each language."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from generator.base.text import Lang, Text
from generator.model.kinds import Moment, PartialDate
from generator.records.case import CLAIM, CorruptionRisk

_MONTHS = (
    Text("enero", "January"),
    Text("febrero", "February"),
    Text("marzo", "March"),
    Text("abril", "April"),
    Text("mayo", "May"),
    Text("junio", "June"),
    Text("julio", "July"),
    Text("agosto", "August"),
    Text("setiembre", "September"),  # as it is written in Peru
    Text("octubre", "October"),
    Text("noviembre", "November"),
    Text("diciembre", "December"),
)
_SIGNS = {"PEN": "S/", "USD": "US$", "EUR": "€"}


def day(when: PartialDate | Moment | date, lang: Lang) -> str:
    """`2011-03` as «marzo de 2011»; as precise as it was written."""
    if isinstance(when, Moment):
        return day(when.on, lang) + (f", {when.time}" if when.time else "")
    first, text = (when, when.isoformat()) if isinstance(when, date) else (when.first, when.text)
    if len(text) == 4:
        return text
    month = _MONTHS[first.month - 1].to(lang)
    if lang == "en":
        return f"{month} {first.year}" if len(text) == 7 else f"{first.day} {month} {first.year}"
    return f"{month} de {first.year}" if len(text) == 7 else f"{first.day} de {month} de {first.year}"


def told(said: Text, facts: Mapping[str, Any], lang: Lang) -> str:
    """A template with its facts, dates in words."""
    words = {name: day(fact, lang) if isinstance(fact, date | PartialDate) else fact for name, fact in facts.items()}
    return said.to(lang).format(**words)


def number(value: Decimal | int, lang: Lang) -> str:
    """Thousands and decimals as each language writes them: 12 345,6 and 12,345.6.

    In Spanish a number of four digits is not parted, a longer one by thin spaces that do not break (RAE, Ortografía
    de la lengua española, 2010; SI brochure, 9th edition, 5.4.4); so nobody takes a thousand for a decimal.
    """
    english = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if lang == "en":
        return english
    whole, point, rest = english.partition(".")
    parted = "\u202f" if len(whole.lstrip("-")) > len("9,999") else ""
    return whole.replace(",", parted) + point.replace(".", ",") + rest


def money(amount: Decimal, currency: str, lang: Lang) -> str:
    return f"{_SIGNS.get(currency, currency)} {number(amount, lang)}"


def cited_day(when: PartialDate, lang: Lang) -> str:
    """`2011-03-05` as «2011, 5 de marzo» and “2011, March 5”: the order of the APA manual, 7th edition."""
    year, *rest = when.text.split("-")
    if not rest:
        return year
    month = _MONTHS[when.first.month - 1].to(lang)
    if len(rest) == 1:
        return f"{year}, {month}"
    return f"{year}, {when.first.day} de {month}" if lang == "es" else f"{year}, {month} {when.first.day}"


STATES = (
    ("complete", Text("Cumplidos", "Fulfilled"), ("complete",)),
    ("under-way", Text("En marcha", "Under way"), ("limited", "substantial")),
    ("not-started", Text("No iniciados o postergados", "Not started or postponed"), ("not-started", "postponed")),
    ("no-evidence", Text("Sin evidencia de avance", "No evidence of progress"), ("no-evidence",)),
    ("withdrawn", Text("Retirados", "Withdrawn"), ("withdrawn",)),
)
"""The statuses of agreements as a reader tells them apart."""

CLAIM_MEANS = {
    "riesgo": Text("algo que podría pasar; nadie afirma que pasó.", "something that could happen; nobody says it did."),
    "denuncia": Text(
        "alguien lo afirma y ninguna autoridad lo ha resuelto: se presume la inocencia.",
        "somebody says so and no authority has decided: innocence is presumed.",
    ),
    "hallazgo-oficial": Text(
        "lo dice el informe de un órgano de control; no es una condena.",
        "the report of an oversight body says so; it is not a conviction.",
    ),
    "sentencia-firme": Text(
        "lo decidió un tribunal y ya no se puede apelar.", "a court decided so and no appeal remains."
    ),
}
"""How far each level goes, so that none is read as more than it is."""


def claims(risks: Iterable[CorruptionRisk]) -> list[tuple[Text, Text]]:
    """(label, what it means) of each level of claim that risks make, the weakest first."""
    made = {risk.claim for risk in risks}
    return [(label, CLAIM_MEANS[level]) for level, label in CLAIM.labels if level in made]
