"""Minutes: what was said and agreed in a meeting, and what became of it."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from generator.base.text import Text
from generator.model.entry import Entry
from generator.model.fields import Part, about
from generator.model.kinds import Choice, Date, Reference, TermOf, When
from generator.model.record import VISIBILITY, RecordType
from generator.model.scalars import Count, Id, SourceNumbers, Url, Yes

BODY_OF = Choice(
    (
        ("core-group", Text("grupo núcleo", "core group")),
        ("extended-group", Text("grupo ampliado", "extended group")),
        ("working-group", Text("grupo de trabajo", "working group")),
        ("site-visit", Text("visita de campo", "site visit")),
        ("internship", Text("pasantía", "internship")),
        ("training", Text("capacitación", "training")),
        ("forum", Text("foro", "forum")),
        ("external", Text("otro espacio", "another space")),
    )
)
MEETING_STATE = Choice(
    (
        ("scheduled", Text("programada", "scheduled")),
        ("held", Text("realizada", "held")),
        ("cancelled", Text("cancelada", "cancelled")),
        ("postponed", Text("postergada", "postponed")),
    )
)
FORMAT = Choice(
    (
        ("in-person", Text("presencial", "in person")),
        ("online", Text("virtual", "online")),
        ("hybrid", Text("híbrida", "hybrid")),
    )
)
RULE = Choice(
    (
        ("open", Text("abierta", "open")),
        ("chatham-house", Text("regla de Chatham House", "Chatham House rule")),
        ("confidential", Text("confidencial", "confidential")),
    )
)
MINUTES_STATUS = Choice(
    (
        ("draft", Text("borrador", "draft")),
        ("amendment-window", Text("abierta a observaciones", "open to amendments")),
        ("approved", Text("aprobada", "approved")),
        ("corrected", Text("corregida", "corrected")),
    )
)
ITEM = Choice(
    (
        ("information", Text("información", "information")),
        ("deliberation", Text("deliberación", "deliberation")),
        ("decision", Text("decisión", "decision")),
        ("learning", Text("aprendizaje", "learning")),
    )
)
PROGRESS = Choice(
    (
        ("no-evidence", Text("sin evidencia", "no evidence")),
        ("not-started", Text("no iniciado", "not started")),
        ("limited", Text("avance limitado", "limited progress")),
        ("substantial", Text("avance sustancial", "substantial progress")),
        ("complete", Text("cumplido", "complete")),
        ("withdrawn", Text("retirado", "withdrawn")),
        ("postponed", Text("postergado", "postponed")),
    )
)
"""The scale of the Open Government Partnership's completion coding, plus postponed."""

CLOSED = ("complete", "withdrawn")
UNKNOWN = "unknown"
NO_DATE = "none"
Sector = Annotated[str, TermOf("sectors")]
Organization = Annotated[Id, Reference.to("organization")]


def _unknown_as_nobody(value: Any) -> Any:
    """`responsible: unknown` says that nobody knows: an empty list, stated."""
    return () if value == UNKNOWN else value


def _none_as_absent(value: Any) -> Any:
    return None if value == NO_DATE else value


class Venue(Part):
    name: str = about(
        "Nombre", "Name", hint=("Local o ciudad.", "Venue or town."), example="Moquegua", translatable=True, most=200
    )
    ubigeo: Annotated[str, TermOf("places")] | None = about(
        "UBIGEO", "UBIGEO", hint=("Código del INEI.", "INEI's code."), example="180101", default=None
    )


class Attendance(Part):
    total: Count = about("Total", "Total", hint=("Personas presentes.", "People present."), example="18")
    by_sector: dict[Sector, Count] = about(
        "Por sector",
        "By sector",
        hint=("Nunca una lista de nombres.", "Never a list of names."),
        example={"academia": "4"},
        default={},
    )
    women: Count | None = about("Mujeres", "Women", hint=("Cuántas.", "How many."), example="9", default=None)
    men: Count | None = about("Hombres", "Men", hint=("Cuántos.", "How many."), example="9", default=None)
    organizations: tuple[Organization, ...] = about(
        "Organizaciones",
        "Organisations",
        hint=("Las presentes.", "Those present."),
        example=["gore-moquegua"],
        default=(),
    )


class AgendaItem(Part):
    title: str = about(
        "Punto",
        "Item",
        hint=("De qué se trató.", "What it was about."),
        example="Avances del monitoreo",
        translatable=True,
        most=250,
    )
    kind: Annotated[str, ITEM] | None = about(
        "Clase",
        "Kind",
        hint=("information, deliberation, decision o learning.", "information, deliberation, decision or learning."),
        example="information",
        default=None,
    )
    records: tuple[Annotated[Id, Reference.to()], ...] = about(
        "Fichas", "Records", hint=("Las que se trataron.", "Those discussed."), example=["mesa-ejemplo"], default=()
    )


class Update(Part):
    date: Date = about("Fecha", "Date", hint=("De la noticia.", "Of the news."), example="2023-09")
    status: Annotated[str, PROGRESS] = about(
        "Estado", "Status", hint=("En la escala de OGP.", "On OGP's scale."), example="substantial"
    )
    note: str | None = about(
        "Qué se sabe",
        "What is known",
        hint=("En una o dos frases.", "In a sentence or two."),
        example="La obra terminó.",
        default=None,
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
    evidence: Url | None = about(
        "Evidencia",
        "Evidence",
        hint=("Dirección web.", "Web address."),
        example="https://example.org/acta",
        default=None,
    )
    reported_by: Sector | None = about(
        "Lo informa", "Reported by", hint=("Sector.", "Sector."), example="empresa-minera", default=None
    )
    verified_by: Sector | None = about(
        "Lo verifica",
        "Verified by",
        hint=("Otro sector.", "Another sector."),
        example="espacio-multiactor",
        default=None,
    )


class Agreement(Part):
    n: Count = about("Número", "Number", hint=("Permanente.", "Permanent."), example="1")
    text: str = about(
        "Acuerdo",
        "Agreement",
        hint=("Qué se hará.", "What will be done."),
        example="Publicar la matriz de compromisos.",
        translatable=True,
        most=400,
    )
    responsible: Annotated[tuple[Organization, ...], BeforeValidator(_unknown_as_nobody)] = about(
        "Responsable",
        "Responsible",
        hint=("Organizaciones, nunca personas; o unknown.", "Organisations, never people; or unknown."),
        example=["gore-moquegua"],
    )
    supporting: tuple[Organization, ...] = about(
        "Apoya", "Supported by", hint=("Otras organizaciones.", "Other organisations."), example=["unam"], default=()
    )
    due: Annotated[Date | None, BeforeValidator(_none_as_absent)] = about(
        "Plazo", "Due", hint=("Fecha, o none si no se fijó.", "A date, or none if none was set."), example="2026-03"
    )
    verify_by: str | None = about(
        "Cómo se sabrá que se cumplió", "How we will know it was done", hint=("Una prueba que otro pueda ver.", "A proof that others can see."),
        example="La matriz está en la web.", default=None, translatable=True, most=400,
    )  # fmt: skip
    topic: Annotated[str, TermOf("topics")] | None = about(
        "Tema", "Topic", hint=("Del vocabulario.", "From the vocabulary."), example="agua", default=None
    )
    updates: tuple[Update, ...] = about(
        "Seguimiento", "Follow-up", hint=("Cada noticia con fecha y fuente.", "Each piece of news with date and source."),
        example=[{"date": "2023-09", "status": "substantial"}], default=(),
    )  # fmt: skip

    @property
    def latest(self) -> Update | None:
        return max(self.updates, key=lambda update: update.date.last, default=None)

    @property
    def status(self) -> str:
        """Where it stands: the status of the latest news; without news there is no evidence."""
        return self.latest.status if self.latest else "no-evidence"


class Amendment(Part):
    date: Date = about("Fecha", "Date", hint=("De la observación.", "Of the amendment."), example="2026-01-10")
    sector: Sector = about("Sector", "Sector", hint=("Quién observa.", "Who amends."), example="academia")
    item: str | None = about(
        "Punto", "Item", hint=("A qué se refiere.", "What it refers to."), example="2", default=None, most=60
    )
    text: str = about(
        "Observación",
        "Amendment",
        hint=("Qué debe decir.", "What it should say."),
        example="Dice 22; debe decir 23.",
        translatable=True,
        most=800,
    )
    accepted: Yes | None = about("Aceptada", "Accepted", hint=("yes o no.", "yes or no."), example="yes", default=None)


class Minutes(Entry):
    kind: ClassVar[RecordType] = RecordType(
        name="minutes",
        folder="content/minutes",
        label=Text("Acta", "Minutes"),
        plural=Text("Actas", "Minutes"),
        address=Text("actas", "minutes"),
        starters=("visibility", "sources"),
    )

    # Closed by default where it matters: minutes are for members unless they say otherwise.
    visibility: Annotated[str, VISIBILITY] = about(
        "Quién lo ve",
        "Who sees it",
        hint=("public o members.", "public or members."),
        example="public",
        default="members",
        on_sheet=False,
    )
    body_of: Annotated[str, BODY_OF] = about(
        "Espacio",
        "Space",
        hint=("De qué grupo; external si es otro espacio.", "Of which group; external if another space."),
        example="external",
    )
    number: str | None = about(
        "Número",
        "Number",
        hint=("El que lleva el acta.", "The one the minutes carry."),
        example="005-2025",
        default=None,
        most=60,
    )
    state: Annotated[str, MEETING_STATE] = about(
        "Reunión", "Meeting", hint=("Si se realizó.", "Whether it was held."), example="held", default="held"
    )
    start: When = about(
        "Inicio", "Start", hint=("Fecha, con hora si se sabe.", "Date, with time if known."), example="2025-12-15T18:00"
    )
    end: When | None = about(
        "Fin",
        "End",
        hint=("Fecha, con hora si se sabe.", "Date, with time if known."),
        example="2025-12-15T20:00",
        default=None,
    )
    timezone: str = about(
        "Zona horaria",
        "Time zone",
        hint=("Si no es la de Lima.", "If not Lima's."),
        example="America/Lima",
        default="America/Lima",
        on_sheet=False,
        most=40,
    )
    format: Annotated[str, FORMAT] = about(
        "Formato", "Format", hint=("in-person, online o hybrid.", "in-person, online or hybrid."), example="in-person"
    )
    place: Venue | None = about(
        "Lugar",
        "Place",
        hint=("Local y UBIGEO.", "Venue and UBIGEO."),
        example={"name": "Moquegua", "ubigeo": "180101"},
        default=None,
    )
    join_url: Url | None = about(
        "Enlace de la reunión", "Meeting link", hint=("Nunca sale en la edición pública.", "Never in the public edition."),
        example="https://meet.example.org/abc", default=None, members_only=True,
    )  # fmt: skip
    rule: Annotated[str, RULE] = about(
        "Regla de la reunión",
        "Rule of the meeting",
        hint=("open, chatham-house o confidential.", "open, chatham-house or confidential."),
        example="open",
    )
    attendance: Attendance | None = about(
        "Asistencia",
        "Attendance",
        hint=("Cuentas por sector, nunca nombres.", "Counts by sector, never names."),
        example={"total": "18"},
        default=None,
        on_sheet=False,
    )
    agenda: tuple[AgendaItem, ...] = about(
        "Agenda",
        "Agenda",
        hint=("Al menos un punto.", "At least one item."),
        example=[{"title": "Avances del monitoreo"}],
        least=1,
        on_sheet=False,
    )
    agreements: tuple[Agreement, ...] = about(
        "Acuerdos", "Agreements", hint=("Numerados, con responsable y plazo.", "Numbered, with who and when."),
        example=[{"n": "1", "text": "Publicar la matriz.", "responsible": ["gore-moquegua"], "due": "2026-03"}], default=(), on_sheet=False,
    )  # fmt: skip
    minutes_status: Annotated[str, MINUTES_STATUS] | None = about(
        "Estado del acta",
        "Status of the minutes",
        hint=("Obligatorio en reuniones propias.", "Required for our own meetings."),
        example="approved",
        default=None,
    )
    amendments_until: Date | None = about(
        "Observaciones hasta",
        "Amendments until",
        hint=("Si está abierta a observaciones.", "If open to amendments."),
        example="2026-01-15",
        default=None,
    )
    approved_on: Date | None = about(
        "Aprobada el", "Approved on", hint=("Si está aprobada.", "If approved."), example="2026-01-20", default=None
    )
    amendments: tuple[Amendment, ...] = about(
        "Observaciones", "Amendments", hint=("Lo único que cambia un acta aprobada.", "The only thing that changes approved minutes."),
        example=[{"date": "2026-01-10", "sector": "academia", "text": "Dice 22; debe decir 23."}], default=(), on_sheet=False,
    )  # fmt: skip
    previous: Annotated[Id, Reference.to("minutes")] | None = about(
        "Acta anterior",
        "Previous minutes",
        hint=("Del mismo espacio.", "Of the same space."),
        example="2025-11-15-cmq-004",
        default=None,
        on_sheet=False,
    )
    next: Annotated[Id, Reference.to("minutes")] | None = about(
        "Acta siguiente",
        "Next minutes",
        hint=("Del mismo espacio.", "Of the same space."),
        example="2026-01-15-cmq-001",
        default=None,
        on_sheet=False,
    )
