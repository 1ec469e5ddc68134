"""A practice: know-how that can be reused."""

from typing import Annotated, ClassVar

from generator.base.text import Text
from generator.model.entry import SourcedEntry
from generator.model.fields import Part, about
from generator.model.kinds import Choice, Date, Reference
from generator.model.record import RecordType, Sector
from generator.model.scalars import Url

MATURITY = Choice.of(
    ("innovation", "innovación", "innovation"),
    ("promising", "práctica prometedora", "promising practice"),
    ("good", "buena práctica", "good practice"),
    ("institutionalized", "práctica institucionalizada", "institutionalised practice"),
)
"""FAO's ladder of practices; from `good` on, at least two cases and a validation must show it."""

PROVEN = ("good", "institutionalized")
COST = Choice.of(
    ("none", "sin costo", "none"),
    ("low", "bajo", "low"),
    ("medium", "medio", "medium"),
    ("high", "alto", "high"),
)


class Step(Part):
    title: str = about(
        "Paso", "Step", hint=("Diga el paso en pocas palabras.", "Say the step in a few words."),
        example="Numerar cada compromiso", translatable=True, most=160,
    )  # fmt: skip
    text: str | None = about(
        "Cómo", "How", hint=("Cuente qué se hace exactamente.", "Tell what exactly is done."),
        example="Se fija el texto definitivo y se le da un número.", default=None, translatable=True, most=1200,
    )  # fmt: skip
    who: str | None = about(
        "Quién", "Who", hint=("Diga quién lo hace.", "Say who does it."),
        example="Secretaría técnica", default=None, translatable=True, most=200, never_person=True,
    )  # fmt: skip


class Validation(Part):
    how: str = about(
        "Cómo", "How", hint=("Cuente cómo se comprobó que funciona.", "Tell how it was checked that it works."),
        example="Evaluación externa", translatable=True, most=600,
    )  # fmt: skip
    by: str = about(
        "Quién", "By whom",
        hint=(
            "Diga qué organización lo comprobó, nunca una persona.",
            "Say which organisation checked it, never a person.",
        ),
        example="Universidad", most=160, never_person=True,
    )  # fmt: skip
    date: Date = about(
        "Fecha", "Date", hint=("Escriba cuándo se comprobó.", "Write when it was checked."), example="2023"
    )


class Norm(Part):
    norm: str = about(
        "Norma", "Law or rule", hint=("Escriba su nombre y número.", "Write its name and number."),
        example="Ley 27506, Ley de Canon", translatable=True, most=250,
    )  # fmt: skip
    url: Url | None = about(
        "Dirección web", "Web address",
        hint=("Escriba la dirección en la que se vio.", "Write the address where it was seen."),
        example="https://example.org/ley", default=None,
    )  # fmt: skip


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
        "Madurez", "Maturity",
        hint=(
            "Diga en qué peldaño está: innovation, promising, good o institutionalized.",
            "Say on which rung it stands: innovation, promising, good or institutionalized.",
        ),
        example="promising",
    )  # fmt: skip
    problem: str = about(
        "Problema que resuelve", "Problem it solves",
        hint=("Cuente el problema en dos o tres frases.", "Tell the problem in two or three sentences."),
        example="Se firman muchos compromisos y pocos se verifican.", translatable=True, most=1200, on_sheet=False,
        why=("Quien tiene ese problema encuentra la práctica.", "Those who have the problem find the practice."),
    )  # fmt: skip
    audience: tuple[Sector, ...] = about(
        "Quién puede usarla", "Who can use it",
        hint=("Elija los sectores que pueden usarla.", "Choose the sectors that can use it."),
        example=["gobierno-subnacional"], least=1,
    )  # fmt: skip
    steps: tuple[Step, ...] = about(
        "Pasos", "Steps", hint=("Escriba al menos dos, en orden.", "Write at least two, in order."),
        example=[{"title": "Numerar cada compromiso"}, {"title": "Publicar la matriz"}], least=2, on_sheet=False,
        why=("Otros pueden repetirla.", "Others can repeat it."),
    )  # fmt: skip
    enabling_factors: tuple[str, ...] = about(
        "Qué ayuda", "What helps", hint=("Nombre las condiciones a favor.", "Name the conditions in its favour."),
        example=["Actas públicas"], translatable=True, least=1, on_sheet=False,
        why=("Dice cuándo conviene intentarla.", "It says when to try it."),
    )  # fmt: skip
    limiting_factors: tuple[str, ...] = about(
        "Qué dificulta", "What hinders", hint=("Nombre los riesgos y los límites.", "Name the risks and the limits."),
        example=["Falta de secretaría"], translatable=True, least=1, on_sheet=False,
        why=("Dice cuándo no basta.", "It says when it is not enough."),
    )  # fmt: skip
    resources: str | None = about(
        "Recursos", "Resources", hint=("Diga qué se necesita.", "Say what is needed."),
        example="Una persona y una hoja de cálculo", default=None, translatable=True, most=1200, on_sheet=False,
        why=("Permite saber si está al alcance.", "It lets others know whether they can afford it."),
    )  # fmt: skip
    cost: Annotated[str, COST] | None = about(
        "Costo", "Cost", hint=("Diga si es none, low, medium o high.", "Say whether it is none, low, medium or high."),
        example="low", default=None,
    )  # fmt: skip
    used_in: tuple[Annotated[str, Reference.to("case")], ...] = about(
        "Casos en que se usó", "Cases where it was used",
        hint=(
            "Nombre los casos en que se usó: el nombre de cada archivo sin «.md».",
            "Name the cases where it was used: each file's name without “.md”.",
        ),
        example=["mesa-ejemplo"], least=1, on_sheet=False,
    )  # fmt: skip
    validation: Validation | None = about(
        "Validación", "Validation",
        hint=(
            "Diga cómo se comprobó; es obligatoria desde «maturity: good».",
            "Say how it was checked; it is compulsory from “maturity: good” on.",
        ),
        example={"how": "Evaluación externa", "by": "Universidad", "date": "2023"}, default=None, on_sheet=False,
        why=("Separa lo comprobado de lo que se espera.", "It tells what was checked from what is hoped."),
    )  # fmt: skip
    legal_basis: tuple[Norm, ...] = about(
        "Base legal", "Legal basis",
        hint=("Nombre las normas que la permiten o la exigen.", "Name the laws or rules that allow or require it."),
        example=[{"norm": "Ley 27506"}], default=(), on_sheet=False,
        why=("Una autoridad necesita saber qué la permite.", "An authority needs to know what allows it."),
    )  # fmt: skip
