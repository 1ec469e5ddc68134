"""A case: what happened somewhere."""

from typing import Annotated, ClassVar

from generator.base.text import Text
from generator.model import fields
from generator.model.entry import SourcedEntry
from generator.model.fields import Part, about
from generator.model.kinds import Choice, Date, Reference, TermOf
from generator.model.record import RecordType
from generator.model.scalars import Id, Number, SourceNumbers, Yes

RESULT = Choice(
    (
        ("success", Text("logrado", "success")),
        ("mixed", Text("resultado mixto", "mixed")),
        ("failure", Text("no funcionó", "failure")),
        ("ongoing", Text("en curso", "ongoing")),
        ("unknown", Text("resultado desconocido", "unknown")),
    )
)
ACCURACY = Choice((("high", Text("alta", "high")), ("medium", Text("media", "medium")), ("low", Text("baja", "low"))))
CLAIM = Choice(
    (
        ("riesgo", Text("riesgo señalado", "risk pointed out")),
        ("denuncia", Text("denuncia, sin resolver", "complaint, unresolved")),
        ("hallazgo-oficial", Text("hallazgo de un órgano de control", "finding of an oversight body")),
        ("sentencia-firme", Text("sentencia firme", "final court ruling")),
    )
)
Sector = Annotated[str, TermOf("sectors")]


class Place(Part):
    lat: Number = about(
        "Latitud",
        "Latitude",
        hint=("En grados; el sur es negativo.", "In degrees; south is negative."),
        example="-17.19",
    )
    lon: Number = about(
        "Longitud",
        "Longitude",
        hint=("En grados; el oeste es negativo.", "In degrees; west is negative."),
        example="-70.93",
    )
    accuracy: Annotated[str, ACCURACY] = about(
        "Precisión", "Accuracy", hint=("high, medium o low.", "high, medium or low."), example="low", default="low"
    )


class Period(Part):
    start: Date = about(
        "Inicio", "Start", hint=("Tan preciso como se sepa.", "As precise as known."), example="2011-03"
    )
    end: Date | None = about("Fin", "End", hint=("Si ya terminó.", "If it is over."), example="2012-06", default=None)
    ongoing: Yes = about(
        "Continúa", "Ongoing", hint=("yes si aún no termina.", "yes if it is not over."), example="yes", default=False
    )


class Actor(Part):
    organization: Annotated[Id, Reference.to("organization")] | None = about(
        "Organización",
        "Organisation",
        hint=("Identificador de su ficha.", "Id of its record."),
        example="gore-moquegua",
        default=None,
    )
    name: str | None = about(
        "Nombre", "Name", hint=("Si no tiene ficha; nunca una persona.", "If it has no record; never a person."), example="Comunidades altoandinas",
        default=None, translatable=True, most=160,
    )  # fmt: skip
    sector: Sector = about(
        "Sector", "Sector", hint=("A quién representa.", "Whom it represents."), example="gobierno-subnacional"
    )
    role: Annotated[str, TermOf("roles")] = about(
        "Papel", "Role", hint=("Qué hizo en el caso.", "What it did in the case."), example="convocante"
    )


class Perspective(Part):
    sector: Sector = about(
        "Sector", "Sector", hint=("De quién es la mirada.", "Whose view it is."), example="comunidad-influencia"
    )
    text: str = about(
        "Mirada",
        "View",
        hint=("Lo que sostiene, atribuido.", "What it holds, attributed."),
        example="Las comunidades señalaron que…",
        translatable=True,
        most=1200,
    )
    source: SourceNumbers = about(
        "Fuente", "Source", hint=("Número en la lista de fuentes.", "Number in the list of sources."), example="1"
    )


class CorruptionRisk(Part):
    risk: Annotated[str, TermOf("risks")] = about(
        "Riesgo", "Risk", hint=("Un riesgo, nunca una acusación.", "A risk, never an accusation."), example="opacidad"
    )
    where: str = about(
        "Dónde aparece", "Where it appears", hint=("En qué paso del proceso.", "At which step of the process."), example="En la elección de proveedores",
        translatable=True, most=600,
    )  # fmt: skip
    claim: Annotated[str, CLAIM] = about(
        "Qué se afirma", "What is claimed", hint=("riesgo, denuncia, hallazgo-oficial o sentencia-firme.", "riesgo, denuncia, hallazgo-oficial or sentencia-firme."),
        example="riesgo",
    )  # fmt: skip
    source: SourceNumbers | None = about(
        "Fuente",
        "Source",
        hint=("Obligatoria si se afirma más que un riesgo.", "Compulsory above a risk."),
        example="1",
        default=None,
    )


class Money(Part):
    concept: Annotated[str, TermOf("money-concepts")] = about(
        "Concepto", "Concept", hint=("Qué dinero es.", "What money it is."), example="canon"
    )
    amount: Number = about(
        "Monto", "Amount", hint=("Solo cifras, punto decimal.", "Digits only, decimal point."), example="1000000"
    )
    currency: str = about(
        "Moneda", "Currency", hint=("Código de tres letras.", "Three-letter code."), example="PEN", least=3, most=3
    )
    year: Date | None = about(
        "Año", "Year", hint=("De cuándo es la cifra.", "When the figure is of."), example="2023", default=None
    )
    note: str | None = about(
        "Qué es exactamente", "What exactly it is", hint=("Para no comparar cosas distintas.", "So that different things are not compared."),
        example="Transferido al gobierno regional", default=None, translatable=True, most=400,
    )  # fmt: skip
    source: SourceNumbers = about(
        "Fuente", "Source", hint=("Número en la lista de fuentes.", "Number in the list of sources."), example="1"
    )


class Version(Part):
    text: str = about(
        "Versión",
        "Version",
        hint=("Lo que dice esta fuente.", "What this source says."),
        example="Fueron 22 sesiones.",
        translatable=True,
        most=600,
    )
    source: SourceNumbers | None = about(
        "Fuente",
        "Source",
        hint=("Número en la lista de fuentes.", "Number in the list of sources."),
        example="1",
        default=None,
    )


class Disagreement(Part):
    about: str = fields.about(
        "Sobre qué",
        "About what",
        hint=("En qué difieren las fuentes.", "In what the sources differ."),
        example="Fecha de inicio",
        translatable=True,
        most=200,
    )
    versions: tuple[Version, ...] = fields.about(
        "Versiones",
        "Versions",
        hint=("Todas las vistas.", "All that were seen."),
        example=[{"text": "En enero", "source": "1"}],
        least=2,
    )


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
        "Países", "Countries", hint=("Código ISO de dos letras.", "Two-letter ISO code."), example=["PE"], least=1
    )
    places: tuple[Annotated[str, TermOf("places")], ...] = about(
        "Lugares", "Places", hint=("Código UBIGEO del INEI; obligatorio si el país es PE.", "INEI's UBIGEO code; required if the country is PE."),
        example=["1801"], default=(),
    )  # fmt: skip
    location: Place | None = about(
        "Ubicación",
        "Location",
        hint=("Para el mapa.", "For the map."),
        example={"lat": "-17.19", "lon": "-70.93"},
        default=None,
        on_sheet=False,
    )
    period: Period = about(
        "Periodo", "Period", hint=("Cuándo ocurrió.", "When it happened."), example={"start": "2011", "end": "2012"}
    )
    level: Annotated[str, TermOf("gov-level")] = about(
        "Nivel", "Level", hint=("De gobierno o territorio.", "Of government or territory."), example="regional"
    )
    mechanisms: tuple[Annotated[str, TermOf("mechanisms")], ...] = about(
        "Mecanismos",
        "Mechanisms",
        hint=("Cómo se organizó.", "How it was organised."),
        example=["mesa-de-dialogo"],
        least=1,
    )
    stage: tuple[Annotated[str, TermOf("value-chain")], ...] = about(
        "Etapa de la cadena", "Stage of the chain", hint=("Desde la licencia hasta el gasto.", "From the licence to the spending."),
        example=["ejecucion-gasto"], default=(),
    )  # fmt: skip
    tap: tuple[Annotated[str, TermOf("tap")], ...] = about(
        "Dimensión de gobernanza", "Governance dimension", hint=("Transparencia, rendición de cuentas, participación…", "Transparency, accountability, participation…"),
        example=["participacion"], default=(),
    )  # fmt: skip
    actors: tuple[Actor, ...] = about(
        "Actores", "Actors", hint=("De al menos dos sectores.", "From at least two sectors."),
        example=[
            {"organization": "gore-moquegua", "sector": "gobierno-subnacional", "role": "convocante"},
            {"name": "Comunidades del valle", "sector": "comunidad-influencia", "role": "participante"},
        ],
        least=2, on_sheet=False,
    )  # fmt: skip
    result: Annotated[str, RESULT] = about(
        "Resultado",
        "Result",
        hint=("También lo que no funcionó es conocimiento.", "What did not work is knowledge too."),
        example="mixed",
    )
    evidence: Annotated[str, TermOf("evidence")] = about(
        "Evidencia", "Evidence", hint=("La más fuerte que se vio.", "The strongest that was seen."), example="documento"
    )
    perspectives: tuple[Perspective, ...] = about(
        "Miradas", "Perspectives", hint=("Qué sostiene cada sector.", "What each sector holds."),
        example=[
            {"sector": "academia", "text": "La universidad señaló que faltaban datos.", "source": "1"},
            {"sector": "comunidad-influencia", "text": "Las comunidades pidieron ver los resultados.", "source": "1"},
        ], default=(), on_sheet=False,
    )  # fmt: skip
    corruption_risks: tuple[CorruptionRisk, ...] = about(
        "Riesgos de corrupción", "Corruption risks", hint=("Solo si una fuente habla de ellos.", "Only where a source speaks of them."),
        example=[{"risk": "opacidad", "where": "En la elección de proveedores", "claim": "riesgo"}], default=(), on_sheet=False,
    )  # fmt: skip
    money: tuple[Money, ...] = about(
        "Dinero", "Money", hint=("Con año, moneda y fuente.", "With year, currency and source."),
        example=[{"concept": "canon", "amount": "1000000", "currency": "PEN", "source": "1"}], default=(), on_sheet=False,
    )  # fmt: skip
    disagreements: tuple[Disagreement, ...] = about(
        "Desacuerdos entre fuentes", "Disagreements between sources", hint=("Con todas las versiones.", "With all versions."),
        example=[{"about": "Fecha", "versions": [{"text": "Enero", "source": "1"}, {"text": "Marzo", "source": "2"}]}], default=(), on_sheet=False,
    )  # fmt: skip
    transferability: str | None = about(
        "Qué se puede aprovechar en otro lugar", "What could be used elsewhere", hint=("Y con qué condiciones.", "And under which conditions."),
        example="Donde haya una secretaría técnica…", default=None, translatable=True, most=1500, on_sheet=False,
    )  # fmt: skip
