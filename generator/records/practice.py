"""A practice: know-how that can be reused."""

from typing import Annotated, ClassVar

from generator.base.text import Text
from generator.model.entry import SourcedEntry
from generator.model.fields import Part, about
from generator.model.kinds import Choice, Date, Reference, TermOf
from generator.model.record import RecordType
from generator.model.scalars import Id, Url

MATURITY = Choice(
    (
        ("innovation", Text("innovación", "innovation")),
        ("promising", Text("práctica prometedora", "promising practice")),
        ("good", Text("buena práctica", "good practice")),
        ("institutionalized", Text("práctica institucionalizada", "institutionalised practice")),
    )
)
"""FAO's ladder of practices; from `good` on, at least two cases and a validation must show it."""

PROVEN = ("good", "institutionalized")
COST = Choice(
    (
        ("none", Text("sin costo", "none")),
        ("low", Text("bajo", "low")),
        ("medium", Text("medio", "medium")),
        ("high", Text("alto", "high")),
    )
)


class Step(Part):
    title: str = about(
        "Paso",
        "Step",
        hint=("En pocas palabras.", "In a few words."),
        example="Numerar cada compromiso",
        translatable=True,
        most=160,
    )
    text: str | None = about(
        "Cómo",
        "How",
        hint=("Qué se hace exactamente.", "What exactly is done."),
        example="Se fija el texto definitivo…",
        default=None,
        translatable=True,
        most=1200,
    )
    who: str | None = about(
        "Quién",
        "Who",
        hint=("Quién lo hace.", "Who does it."),
        example="Secretaría técnica",
        default=None,
        translatable=True,
        most=200,
    )


class Validation(Part):
    how: str = about(
        "Cómo",
        "How",
        hint=("De qué manera se comprobó.", "How it was checked."),
        example="Evaluación externa",
        translatable=True,
        most=600,
    )
    by: str = about(
        "Quién",
        "By whom",
        hint=("Organización, nunca una persona.", "An organisation, never a person."),
        example="Universidad",
        most=160,
    )
    date: Date = about("Fecha", "Date", hint=("Cuándo se comprobó.", "When it was checked."), example="2023")


class Norm(Part):
    norm: str = about(
        "Norma", "Norm", hint=("Nombre y número.", "Name and number."), example="Ley 27506, Ley de Canon", most=250
    )
    url: Url | None = about(
        "Dirección web",
        "Web address",
        hint=("Donde se vio.", "Where it was seen."),
        example="https://example.org/ley",
        default=None,
    )


class Practice(SourcedEntry):
    kind: ClassVar[RecordType] = RecordType(
        name="practice",
        folder="content/practices",
        label=Text("Buena práctica", "Good practice"),
        plural=Text("Buenas prácticas", "Good practices"),
        address=Text("buenas-practicas", "good-practices"),
        sections=(Text("Evidencia", "Evidence"),),
    )

    maturity: Annotated[str, MATURITY] = about(
        "Madurez",
        "Maturity",
        hint=("innovation, promising, good o institutionalized.", "innovation, promising, good or institutionalized."),
        example="promising",
    )
    problem: str = about(
        "Problema que resuelve", "Problem it solves", hint=("En dos o tres frases.", "In two or three sentences."),
        example="Se firman muchos compromisos y pocos se verifican.", translatable=True, most=1200, on_sheet=False,
    )  # fmt: skip
    audience: tuple[Annotated[str, TermOf("sectors")], ...] = about(
        "Quién puede usarla",
        "Who can use it",
        hint=("Sectores.", "Sectors."),
        example=["gobierno-subnacional"],
        least=1,
    )
    steps: tuple[Step, ...] = about(
        "Pasos", "Steps", hint=("Al menos dos, en orden.", "At least two, in order."), example=[{"title": "Numerar cada compromiso"}, {"title": "Publicar la matriz"}],
        least=2, on_sheet=False,
    )  # fmt: skip
    enabling_factors: tuple[str, ...] = about(
        "Qué ayuda",
        "What helps",
        hint=("Condiciones a favor.", "Conditions in favour."),
        example=["Actas públicas"],
        translatable=True,
        least=1,
        on_sheet=False,
    )
    limiting_factors: tuple[str, ...] = about(
        "Qué dificulta",
        "What hinders",
        hint=("Riesgos y límites.", "Risks and limits."),
        example=["Falta de secretaría"],
        translatable=True,
        least=1,
        on_sheet=False,
    )
    resources: str | None = about(
        "Recursos", "Resources", hint=("Qué se necesita.", "What is needed."), example="Una persona y una hoja de cálculo", default=None, translatable=True,
        most=1200, on_sheet=False,
    )  # fmt: skip
    cost: Annotated[str, COST] | None = about(
        "Costo", "Cost", hint=("none, low, medium o high.", "none, low, medium or high."), example="low", default=None
    )
    used_in: tuple[Annotated[Id, Reference.to("case")], ...] = about(
        "Casos en que se usó",
        "Cases where it was used",
        hint=("Identificadores de casos.", "Ids of cases."),
        example=["mesa-ejemplo"],
        least=1,
        on_sheet=False,
    )
    validation: Validation | None = about(
        "Validación", "Validation", hint=("Obligatoria desde «good».", "Required from “good” on."),
        example={"how": "Evaluación externa", "by": "Universidad", "date": "2023"}, default=None, on_sheet=False,
    )  # fmt: skip
    legal_basis: tuple[Norm, ...] = about(
        "Base legal", "Legal basis", hint=("Normas que la permiten o la exigen.", "Norms that allow or require it."), example=[{"norm": "Ley 27506"}],
        default=(), on_sheet=False,
    )  # fmt: skip
