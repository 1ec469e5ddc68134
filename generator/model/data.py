"""Tables of numbers, and what a page may draw from them. All of it is public: it is taken from public sources."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Edit, Source, Span, Text
from generator.model.decoding import MISSING_FIELD, WRONG_SHAPE, decode
from generator.model.fields import Part, about, about_of
from generator.model.kinds import Choice, TermOf, refuse
from generator.model.record import LANGUAGE
from generator.model.scalars import Count, Currency, Number, Url, Yes
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Document
from generator.reading.tables import read_table, with_commas
from generator.reading.yamltree import NOT_A_MAPPING, parse_yaml

FOLDER = "content/data"

BAD_COLUMNS = Rule(
    "KB341",
    "bad-columns",
    Severity.ERROR,
    Text("las columnas de esta tabla no son las que se leen", "the columns of this table are not those that are read"),
    Text("la primera línea es «{columns}»", "the first line is “{columns}”"),
)
_OTHER_COMMAS = Text(
    "entre las celdas va una coma y aquí hay {sign}: guárdela de nuevo como «CSV UTF-8 (delimitado por comas)»; "
    "«kb check --fix» también lo cambia",
    "a comma stands between cells and here it is {sign}: save it again as “CSV UTF-8 (comma delimited)”; "
    "“kb check --fix” changes it too",
)
BAD_CELL = Rule(
    "KB342",
    "bad-cell",
    Severity.ERROR,
    Text("la celda de la columna «{column}» no sirve", "the cell in column “{column}” will not do"),
    Text("{about}", "{about}"),
)
NOT_A_WHOLE = Rule(
    "KB343",
    "shares-not-a-whole",
    Severity.ERROR,
    Text("las partes suman {value} % y no 100 %", "the shares add up to {value}%, not 100%"),
    Text(
        "revise los porcentajes; lo que es parte de la anterior lleva «within_previous: yes» y no se suma",
        "check the percentages; what is part of the one before has “within_previous: yes” and is not added",
    ),
)

UNIT = Choice.of(
    ("millions", "millones", "million"),
    ("percent", "%", "%"),
    ("count", "cantidad", "count"),
    ("rank", "puesto", "rank"),
    ("tonnes", "toneladas", "tonnes"),
)


class Point(Part):
    """A row of a table: what one source says of one measure in one year."""

    year: Annotated[Count, Field(ge=1900, le=2100)] = about(
        "Año", "Year", hint=("Escriba el año con cuatro cifras: 2008.", "Write the year with four digits: 2008."),
        example="2008",
    )  # fmt: skip
    measure: Annotated[str, TermOf("measures")] = about(
        "Medida", "Measure",
        hint=("Diga qué mide con un término de «measures».", "Say what it measures with a term of “measures”."),
        example="canon-recibido-departamento",
    )  # fmt: skip
    amount: Number = about(
        "Monto", "Amount", hint=("Escriba la cifra con punto decimal: 48.5.", "Write the number in digits: 48.5."),
        example="48.5",
    )  # fmt: skip
    currency: Currency | None = about(
        "Moneda", "Currency", hint=("Escriba PEN si son soles.", "Write PEN for soles."), example="PEN", default=None
    )
    unit: Annotated[str, UNIT] = about(
        "Unidad", "Unit", hint=("Diga en qué se cuenta: millions.", "Say what it is counted in: millions."),
        example="millions",
    )  # fmt: skip
    source_title: str = about(
        "Fuente", "Source", hint=("Escriba el título de la fuente.", "Write the title of the source."),
        example="Informe anual",
    )  # fmt: skip
    source_language: Annotated[str, LANGUAGE] | None = about(
        "Idioma del título de la fuente", "Language of the source's title",
        hint=("Escríbalo solo si no es español: en.", "Write it only if it is not Spanish: en."),
        example="en", default=None,
    )  # fmt: skip
    source_url: Url = about(
        "Dirección", "Address", hint=("Escriba la dirección de la fuente.", "Write the address of the source."),
        example="https://example.org/informe",
    )  # fmt: skip
    note_es: str | None = about(
        "Nota", "Note", hint=("Diga la reserva, en español.", "Write the caveat, in Spanish."),
        example="Año deducido.", default=None,
    )  # fmt: skip
    note_en: str | None = about(
        "Nota en inglés", "Note in English", hint=("Dígala en inglés.", "Write it in English."),
        example="Year deduced.", default=None,
    )  # fmt: skip
    verified: Yes = about(
        "Sin reserva", "Without a caveat",
        hint=("Escriba «yes», o «no» si hay una reserva.", "Write “yes”, or “no” if there is a caveat."),
        example="yes",
    )  # fmt: skip

    @property
    def note(self) -> Text:
        return Text(self.note_es or "", self.note_en or self.note_es or "")


class Words(Part):
    es: str = about("Español", "Spanish", hint=("Dígalo en español.", "Say it in Spanish."), example="Canon minero")
    en: str = about("Inglés", "English", hint=("Dígalo en inglés.", "Write it in English."), example="Mining canon")

    @property
    def text(self) -> Text:
        return Text(self.es, self.en)


class Share(Words):
    percent: Annotated[Number, Field(gt=0, le=100)] = about(
        "Porcentaje", "Percentage", hint=("Escriba qué porcentaje del total es.", "Write what percentage it is."),
        example="25",
    )  # fmt: skip
    within_previous: Yes = about(
        "Dentro de la anterior", "Within the previous one",
        hint=("Escriba «yes» si sale de la parte anterior.", "Write “yes” if it comes out of the share before."),
        example="yes", default=False,
    )  # fmt: skip


def _read_shares(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    total = sum((share.percent for share in shares if not share.within_previous), Decimal(0))
    if total != 100:
        refuse(NOT_A_WHOLE, value=f"{total}")
    return shares


class Sharing(Part):
    """How a whole is shared out: drawn as bands, and told as a table."""

    whole: Words = about(
        "Qué se reparte", "What is shared out", hint=("Diga qué se reparte.", "Say what is shared out."),
        example={"es": "Canon minero", "en": "Mining canon"},
    )  # fmt: skip
    taken_from: Share | None = about(
        "De dónde sale", "Where it is taken from",
        hint=("Diga de qué sale y qué porcentaje es.", "Say what it is taken from and what percentage it is."),
        example={"percent": "50", "es": "Impuesto a la renta", "en": "Income tax"}, default=None,
    )  # fmt: skip
    shares: Annotated[tuple[Share, ...], AfterValidator(_read_shares)] = about(
        "Partes", "Shares", hint=("Nombre cada parte y su porcentaje.", "Name each share and its percentage."),
        example=[{"percent": "100", "es": "Municipalidades", "en": "Municipalities"}],
    )  # fmt: skip
    sources: tuple[Url, ...] = about(
        "Fuentes", "Sources", hint=("Escriba las direcciones de las que se tomó.", "Write the addresses it is from."),
        example=["https://example.org/informe"], least=1,
    )  # fmt: skip
    reservation: Words | None = about(
        "Reserva", "Caveat", hint=("Diga qué no está verificado.", "Say what is not verified."),
        example={"es": "Falta confirmarlo.", "en": "Still to be confirmed."}, default=None,
    )  # fmt: skip


class Chart(Part):
    """Measures that a page shows together: each in a drawing of its own, never on one line; all of them as a table."""

    plotted: tuple[Annotated[str, TermOf("measures")], ...] = about(
        "Se dibujan", "Drawn", hint=("Nombre las medidas que se dibujan.", "Name the measures to draw."),
        example=["canon-recibido-departamento"], default=(),
    )  # fmt: skip
    listed: tuple[Annotated[str, TermOf("measures")], ...] = about(
        "Solo en la tabla", "Only in the table",
        hint=("Nombre las medidas que van solo en la tabla.", "Name the measures that are only in the table."),
        example=["canon-anunciado-departamento"], default=(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """`lines` are the cells as they stand in the file, the names of the columns first."""

    path: str
    lines: tuple[tuple[str, ...], ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """The tables and the figures of the folder, by path."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: Mapping[str, Chart | Sharing] = field(default_factory=dict)

    def of(self, measures: Iterable[str]) -> dict[str, list[Point]]:
        """The points of each measure that has any, by year; of one year, in the order of the tables."""
        points = [point for table in self.tables.values() for point in table.points]
        found = {
            measure: sorted((point for point in points if point.measure == measure), key=lambda point: point.year)
            for measure in measures
        }
        return {measure: some for measure, some in found.items() if some}


def read_points(source: Source, vocabularies: Vocabularies) -> tuple[Table, list[Diagnostic]]:
    """The table in a CSV text: each row that is good, and what is wrong with the others."""
    header, rows, problems = read_table(source)
    if not _are_columns(header):
        return Table(source.path, (), ()), [_bad_columns(source)]
    points = []
    for row in rows:
        point, found = decode(row, Point, vocabularies)
        points += [point] if point else []
        problems += [_in_a_cell(problem) for problem in found]
    lines = (header, *(tuple(str(row.values.get(name, "")) for name in header) for row in rows))
    return Table(source.path, lines, tuple(points)), problems


def _are_columns(header: Sequence[str]) -> bool:
    """Whether every column is known and there once, and none is missing that may not be empty."""
    needed = {name for name, column in Point.model_fields.items() if column.is_required()}
    return len({*header}) == len(header) and needed <= {*header} <= {*Point.model_fields}


def _bad_columns(source: Source) -> Diagnostic:
    """A spreadsheet in Spanish parts cells by semicolons, and may say so in a line of its own."""
    first = Span(0, len(source.line(1)))
    sign, commas = with_commas(source.text)
    if not _are_columns(commas.partition("\n")[0].split(",")):
        return BAD_COLUMNS.at(source, first, columns=",".join(Point.model_fields))
    fix = (Edit(Span(0, len(source.text)), commas),)
    return BAD_COLUMNS.at(source, first, hint=_OTHER_COMMAS, fix=fix, sign=sign)


def _in_a_cell(problem: Diagnostic) -> Diagnostic:
    """What is said of fields elsewhere, in words for a cell: «escriba «year: 2008»» would be wrong in it."""
    if problem.rule not in (MISSING_FIELD, WRONG_SHAPE):
        return problem
    column = str(problem.facts["field"])
    told = about_of(Point.model_fields[column]).hint
    return BAD_CELL.at(problem.source, problem.span, column=column, about=told)


def read_figure(source: Source, vocabularies: Vocabularies) -> tuple[Chart | Sharing | None, list[Diagnostic]]:
    """What a YAML text declares: a sharing if it has shares, else a chart."""
    node, values, problems = parse_yaml(source, 0, source.text)
    if any(found.rule.severity is Severity.ERROR for found in problems):
        return None, problems
    if node is None or not isinstance(values, dict):
        return None, [NOT_A_MAPPING.at(source, Span(0, len(source.line(1))))]
    end = len(source.text)
    document = Document(source, Span(0, end), Span(end, end), values)
    kind: type[Sharing | Chart] = Sharing if "shares" in values or "whole" in values else Chart
    figure, found = decode(document, kind, vocabularies)
    return figure, [*problems, *found]
