"""A case: what happened somewhere."""

from typing import Annotated, ClassVar

from generator.base.text import Text
from generator.model.entry import SourcedEntry
from generator.model.fields import Part, about
from generator.model.kinds import Choice, Date, TermOf
from generator.model.record import OrganizationId, RecordType, Sector, cited
from generator.model.scalars import Currency, Number, SourceNumbers, Yes
from generator.records.disagreement import Disagreement

RESULT = Choice.of(
    ("success", "logrado", "success"),
    ("mixed", "resultado mixto", "mixed result"),
    ("failure", "no funcionó", "failure"),
    ("ongoing", "en curso", "ongoing"),
    ("unknown", "resultado desconocido", "unknown"),
)
ACCURACY = Choice.of(("high", "alta", "high"), ("medium", "media", "medium"), ("low", "baja", "low"))
CLAIM = Choice.of(
    ("riesgo", "riesgo señalado", "risk pointed out"),
    ("denuncia", "denuncia, sin resolver", "complaint, unresolved"),
    ("hallazgo-oficial", "hallazgo de un órgano de control", "finding of an oversight body"),
    ("sentencia-firme", "sentencia firme", "final court ruling"),
)


class Place(Part):
    lat: Number = about(
        "Latitud", "Latitude",
        hint=("Escríbala en grados; al sur es negativa.", "Write it in degrees; south is negative."), example="-17.19",
    )  # fmt: skip
    lon: Number = about(
        "Longitud", "Longitude",
        hint=("Escríbala en grados; al oeste es negativa.", "Write it in degrees; west is negative."), example="-70.93",
    )  # fmt: skip
    accuracy: Annotated[str, ACCURACY] = about(
        "Precisión", "Accuracy",
        hint=("Diga si es high, medium o low.", "Say whether it is high, medium or low."), example="low", default="low",
    )  # fmt: skip


class Period(Part):
    start: Date = about(
        "Inicio", "Start",
        hint=("Escriba cuándo empezó, tan preciso como se sepa.", "Write when it began, as precise as it is known."),
        example="2011-03",
    )  # fmt: skip
    end: Date | None = about(
        "Fin", "End", hint=("Escriba cuándo terminó, si ya terminó.", "Write when it ended, if it has."),
        example="2012-06", default=None,
    )  # fmt: skip
    ongoing: Yes = about(
        "Continúa", "Ongoing",
        hint=(
            "Escriba yes si aún no termina, o no si terminó y no se sabe cuándo.",
            "Write yes if it is not over, or no if it is and nobody knows since when.",
        ),
        example="yes", default=False,
    )  # fmt: skip


class Actor(Part):
    organization: OrganizationId | None = about(
        "Organización", "Organisation",
        hint=("Nombre el archivo de su ficha, sin «.md».", "Name its record's file, without “.md”."),
        example="gore-moquegua", default=None,
    )  # fmt: skip
    name: str | None = about(
        "Nombre", "Name",
        hint=("Escríbalo si no tiene ficha; nunca una persona.", "Write it if it has no record; never a person."),
        example="Comunidades altoandinas", default=None, translatable=True, most=160, never_person=True,
    )  # fmt: skip
    sector: Sector = about(
        "Sector", "Sector", hint=("Diga a qué sector representa.", "Say which sector it represents."),
        example="gobierno-subnacional",
    )  # fmt: skip
    role: Annotated[str, TermOf("roles")] = about(
        "Papel", "Role", hint=("Diga qué papel tuvo en el caso.", "Say what part it had in the case."),
        example="convocante",
    )  # fmt: skip


class Perspective(Part):
    sector: Sector = about(
        "Sector", "Sector", hint=("Diga de qué sector es la mirada.", "Say which sector's view it is."),
        example="comunidad-influencia",
    )  # fmt: skip
    text: str = about(
        "Mirada", "View",
        hint=("Cuente lo que sostiene, atribuido a ese sector.", "Tell what that sector holds, as its own view."),
        example="Las comunidades señalaron que no vieron los resultados.", translatable=True, most=1200,
    )  # fmt: skip
    source: SourceNumbers = cited()


class CorruptionRisk(Part):
    risk: Annotated[str, TermOf("risks")] = about(
        "Riesgo", "Risk", hint=("Elija un riesgo; no es una acusación.", "Choose a risk; it is not an accusation."),
        example="opacidad",
    )  # fmt: skip
    where: str = about(
        "Dónde aparece", "Where it appears",
        hint=("Diga en qué paso del proceso aparece.", "Say at which step of the process it appears."),
        example="En la elección de proveedores", translatable=True, most=600,
    )  # fmt: skip
    claim: Annotated[str, CLAIM] = about(
        "Qué se afirma", "What is claimed",
        hint=(
            "Diga qué afirma la fuente: riesgo, denuncia, hallazgo-oficial o sentencia-firme.",
            "Say what the source claims: riesgo, denuncia, hallazgo-oficial or sentencia-firme.",
        ),
        example="riesgo",
    )  # fmt: skip
    source: SourceNumbers | None = about(
        "Fuente", "Source",
        hint=(
            "Escriba su número en «sources»; es obligatorio si se afirma más que un riesgo.",
            "Write its number in “sources”; it is compulsory where more than a risk is claimed.",
        ),
        example="1", default=None,
    )  # fmt: skip


class Money(Part):
    concept: Annotated[str, TermOf("money-concepts")] = about(
        "Concepto", "Kind of money", hint=("Diga qué dinero es.", "Say what money it is."), example="canon"
    )
    amount: Number = about(
        "Monto", "Amount",
        hint=("Escriba solo cifras, con punto decimal.", "Write digits only, with a decimal point."), example="1000000",
    )  # fmt: skip
    currency: Currency = about(
        "Moneda", "Currency",
        hint=("Escriba su código, como PEN para soles.", "Write its code, such as PEN for soles."), example="PEN",
    )  # fmt: skip
    year: Date | None = about(
        "Año", "Year", hint=("Diga de cuándo es la cifra.", "Say when the figure is of."), example="2023", default=None
    )
    note: str | None = about(
        "Qué es exactamente", "What exactly it is",
        hint=("Explíquelo, para no comparar cosas distintas.", "Explain it, so that unlike things are not compared."),
        example="Transferido al gobierno regional", default=None, translatable=True, most=400,
    )  # fmt: skip
    source: SourceNumbers = cited()


class Case(SourcedEntry):
    kind: ClassVar[RecordType] = RecordType(
        name="case",
        folder="cases",
        label=Text("Caso", "Case"),
        plural=Text("Casos", "Cases"),
        address=Text("casos", "cases"),
        sections=(
            Text("Contexto", "Context"),
            Text("Qué se hizo", "What was done"),
            Text("Resultados", "Results"),
            Text("Lecciones", "Lessons"),
        ),
        starters=("places", "perspectives"),
    )

    countries: tuple[Annotated[str, TermOf("countries")], ...] = about(
        "Países", "Countries",
        hint=("Escriba el código de dos letras de cada país.", "Write each country's two-letter code."),
        example=["PE"], least=1,
    )  # fmt: skip
    places: tuple[Annotated[str, TermOf("places")], ...] = about(
        "Lugares", "Places",
        hint=(
            "Escriba los códigos UBIGEO del INEI; son obligatorios si el país es PE.",
            "Write INEI's UBIGEO codes; they are compulsory if the country is PE.",
        ),
        example=["1801"], default=(),
    )  # fmt: skip
    location: Place | None = about(
        "Ubicación", "Location",
        hint=("Diga dónde poner el punto en el mapa.", "Say where the point on the map goes."),
        example={"lat": "-17.19", "lon": "-70.93"}, default=None, on_sheet=False,
        why=("Pone el caso en el mapa.", "It puts the case on the map."),
    )  # fmt: skip
    period: Period = about(
        "Periodo", "Period", hint=("Diga cuándo ocurrió.", "Say when it happened."),
        example={"start": "2011", "end": "2012"},
        why=("Un caso se entiende en su tiempo.", "A case is understood in its time."),
    )  # fmt: skip
    level: Annotated[str, TermOf("gov-level")] = about(
        "Nivel", "Level",
        hint=("Diga en qué nivel de gobierno o territorio.", "Say at which level of government or territory."),
        example="regional",
    )  # fmt: skip
    mechanisms: tuple[Annotated[str, TermOf("mechanisms")], ...] = about(
        "Mecanismos", "Mechanisms",
        hint=("Diga con qué mecanismos se organizó.", "Say with which mechanisms it was organised."),
        example=["mesa-de-dialogo"], least=1,
    )  # fmt: skip
    stage: tuple[Annotated[str, TermOf("value-chain")], ...] = about(
        "Etapa de la cadena", "Stage of the chain",
        hint=("Elija etapas, desde la licencia hasta el gasto.", "Choose stages, from the licence to the spending."),
        example=["ejecucion-gasto"], default=(),
    )  # fmt: skip
    tap: tuple[Annotated[str, TermOf("tap")], ...] = about(
        "Dimensión de gobernanza", "Governance dimension",
        hint=(
            "Elija entre transparencia, rendición de cuentas, participación y factores complementarios.",
            "Choose among transparency, accountability, participation and complementary factors.",
        ),
        example=["participacion"], default=(),
    )  # fmt: skip
    actors: tuple[Actor, ...] = about(
        "Actores", "Actors",
        hint=("Nombre actores de al menos dos sectores.", "Name actors of at least two sectors."),
        example=[
            {"organization": "gore-moquegua", "sector": "gobierno-subnacional", "role": "convocante"},
            {"name": "Comunidades del valle", "sector": "comunidad-influencia", "role": "participante"},
        ],
        least=2, on_sheet=False,
        why=("Lo que se aprende es lo que pasó entre sectores.", "What is learned is what happened between sectors."),
    )  # fmt: skip
    result: Annotated[str, RESULT] = about(
        "Resultado", "Result",
        hint=("Diga qué resultó; el fracaso también enseña.", "Say what came of it; failure teaches too."),
        example="mixed",
        why=("Permite aprender también de lo que no funcionó.", "It lets us learn from what did not work too."),
    )  # fmt: skip
    evidence: Annotated[str, TermOf("evidence")] = about(
        "Evidencia", "Evidence",
        hint=("Elija la más fuerte que se haya visto.", "Choose the strongest that was seen."), example="documento",
        why=("Dice cuánto respaldo tiene lo que se cuenta.", "It says how well the story is supported."),
    )  # fmt: skip
    perspectives: tuple[Perspective, ...] = about(
        "Miradas", "Perspectives",
        hint=("Cuente qué sostiene cada sector, con su fuente.", "Tell what each sector holds, with its source."),
        example=[
            {"sector": "academia", "text": "La universidad señaló que faltaban datos.", "source": "1"},
            {"sector": "comunidad-influencia", "text": "Las comunidades pidieron ver los resultados.", "source": "1"},
        ],
        default=(), on_sheet=False,
        why=("Así ningún sector habla por otro.", "So that no sector speaks for another."),
    )  # fmt: skip
    corruption_risks: tuple[CorruptionRisk, ...] = about(
        "Riesgos de corrupción", "Corruption risks",
        hint=("Escríbalos solo si una fuente habla de ellos.", "Write them only where a source speaks of them."),
        example=[{"risk": "opacidad", "where": "En la elección de proveedores", "claim": "riesgo"}],
        default=(), on_sheet=False,
        why=("Prevenirlos es el tema de la comunidad.", "Preventing them is the community's theme."),
    )  # fmt: skip
    money: tuple[Money, ...] = about(
        "Dinero", "Money",
        hint=("Escriba cada cifra con su año, moneda y fuente.", "Write each figure with year, currency and source."),
        example=[{"concept": "canon", "amount": "1000000", "currency": "PEN", "source": "1"}],
        default=(), on_sheet=False,
        why=("Las cifras se pueden comparar y comprobar.", "The figures can be compared and checked."),
    )  # fmt: skip
    disagreements: tuple[Disagreement, ...] = about(
        "Desacuerdos entre fuentes", "Disagreements between sources",
        hint=("Cuente en qué difieren, con todas las versiones.", "Tell in what they differ, with all the versions."),
        example=[
            {"about": "Fecha", "versions": [{"text": "Enero", "source": "1"}, {"text": "Marzo", "source": "1"}]},
        ],
        default=(), on_sheet=False,
        why=("No se elige una versión: se muestran todas.", "No version is chosen: all are shown."),
    )  # fmt: skip
    transferability: str | None = about(
        "Qué se puede aprovechar en otro lugar", "What could be used elsewhere",
        hint=(
            "Diga qué sirve en otro lugar y con qué condiciones.",
            "Say what is of use elsewhere, and on what terms.",
        ),
        example="Sirve donde haya una secretaría técnica con presupuesto.", default=None, translatable=True, most=1500,
        on_sheet=False,
        why=("El caso puede servir a otros.", "The case may be of use to others."),
    )  # fmt: skip
