"""Minutes: what was said and agreed in a meeting, and what became of it."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError

from generator.base.text import Text
from generator.model.entry import Entry
from generator.model.fields import Part, about
from generator.model.kinds import BAD_DATE, Choice, Date, Reference, TermOf, When, refuse
from generator.model.record import VISIBILITY, RecordType
from generator.model.scalars import Count, Id, SourceNumbers, Url, Yes, Zone

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
_NO_DATE_MEANT = ("ninguna", "ninguno", "no", "s/f", "sin fecha", "sin plazo")
Sector = Annotated[str, TermOf("sectors")]
Organization = Annotated[Id, Reference.to("organization")]


def _unknown_as_nobody(value: Any) -> Any:
    """`responsible: unknown` says that nobody knows: an empty list, stated. Left empty, it says nothing."""
    if value in (UNKNOWN, [UNKNOWN]):
        return ()
    if value == []:
        raise PydanticKnownError("too_short", {"field_type": "List", "min_length": 1, "actual_length": 0})
    return value


def _none_as_absent(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in _NO_DATE_MEANT:
        refuse(BAD_DATE, value=value, better=Text("«none» si no se fijó plazo", "“none” if no date was set"))
    return None if value == NO_DATE else value


class Venue(Part):
    name: str = about(
        "Nombre", "Name", hint=("Escriba el local o la ciudad.", "Write the venue or the town."),
        example="Moquegua", translatable=True, most=200,
    )  # fmt: skip
    ubigeo: Annotated[str, TermOf("places")] | None = about(
        "UBIGEO", "UBIGEO", hint=("Escriba el código del INEI.", "Write INEI's code."), example="180101", default=None
    )


class Attendance(Part):
    total: Count = about(
        "Total", "Total", hint=("Diga cuántas personas hubo.", "Say how many people there were."), example="18"
    )
    by_sector: dict[Sector, Count] = about(
        "Por sector", "By sector",
        hint=("Diga cuántas de cada sector, nunca sus nombres.", "Say how many of each sector, never their names."),
        example={"academia": "4"}, default={},
    )  # fmt: skip
    women: Count | None = about(
        "Mujeres", "Women", hint=("Diga cuántas mujeres hubo.", "Say how many women."), example="9", default=None
    )
    men: Count | None = about(
        "Hombres", "Men", hint=("Diga cuántos hombres hubo.", "Say how many men."), example="9", default=None
    )
    organizations: tuple[Organization, ...] = about(
        "Organizaciones", "Organisations",
        hint=("Nombre las organizaciones presentes.", "Name the organisations that were present."),
        example=["gore-moquegua"], default=(),
    )  # fmt: skip


class AgendaItem(Part):
    title: str = about(
        "Punto", "Item", hint=("Diga de qué se trató.", "Say what it was about."),
        example="Avances del monitoreo", translatable=True, most=250,
    )  # fmt: skip
    kind: Annotated[str, ITEM] | None = about(
        "Clase", "Kind",
        hint=(
            "Diga si fue information, deliberation, decision o learning.",
            "Say whether it was information, deliberation, decision or learning.",
        ),
        example="information", default=None,
    )  # fmt: skip
    records: tuple[Annotated[Id, Reference.to()], ...] = about(
        "Fichas", "Records", hint=("Nombre las fichas que se trataron.", "Name the records that were discussed."),
        example=["mesa-ejemplo"], default=(),
    )  # fmt: skip


class Update(Part):
    date: Date = about(
        "Fecha", "Date", hint=("Escriba la fecha de la noticia.", "Write the date of the news."), example="2023-09"
    )
    status: Annotated[str, PROGRESS] = about(
        "Estado", "Status", hint=("Elija el estado en la escala de OGP.", "Choose the status on OGP's scale."),
        example="substantial",
    )  # fmt: skip
    note: str | None = about(
        "Qué se sabe", "What is known",
        hint=("Cuéntelo en una o dos frases.", "Tell it in a sentence or two."),
        example="La obra terminó.", default=None, translatable=True, most=600,
    )  # fmt: skip
    source: SourceNumbers | None = about(
        "Fuente", "Source",
        hint=("Escriba su número en la lista «sources».", "Write its number in the list “sources”."),
        example="1", default=None,
    )  # fmt: skip
    evidence: Url | None = about(
        "Evidencia", "Evidence",
        hint=("Escriba la dirección web de la prueba.", "Write the proof's web address."),
        example="https://example.org/acta", default=None,
    )  # fmt: skip
    reported_by: Sector | None = about(
        "Lo informa", "Reported by", hint=("Diga qué sector lo informa.", "Say which sector reports it."),
        example="empresa-minera", default=None,
    )  # fmt: skip
    verified_by: Sector | None = about(
        "Lo verifica", "Verified by",
        hint=("Diga qué otro sector lo verifica.", "Say which other sector verifies it."),
        example="espacio-multiactor", default=None,
    )  # fmt: skip


class Agreement(Part):
    n: Count = about(
        "Número", "Number",
        hint=("Escriba su número, que no cambia nunca.", "Write its number, which never changes."), example="1",
    )  # fmt: skip
    text: str = about(
        "Acuerdo", "Agreement", hint=("Diga qué se hará.", "Say what will be done."),
        example="Publicar la matriz de compromisos.", translatable=True, most=400,
    )  # fmt: skip
    responsible: Annotated[tuple[Organization, ...], BeforeValidator(_unknown_as_nobody)] = about(
        "Responsable", "Responsible",
        hint=(
            "Nombre las organizaciones responsables, nunca personas; escriba unknown si no se sabe.",
            "Name the responsible organisations, never people; write unknown if nobody knows.",
        ),
        example=["gore-moquegua"],
    )  # fmt: skip
    supporting: tuple[Organization, ...] = about(
        "Apoya", "Supported by",
        hint=("Nombre las organizaciones que apoyan.", "Name the organisations that support it."),
        example=["gore-moquegua"], default=(),
    )  # fmt: skip
    due: Annotated[Date | None, BeforeValidator(_none_as_absent)] = about(
        "Plazo", "Due",
        hint=("Escriba la fecha, o none si no se fijó.", "Write the date, or none if none was set."), example="2026-03",
    )  # fmt: skip
    verify_by: str | None = about(
        "Cómo se sabrá que se cumplió", "How we will know it was done",
        hint=("Describa una prueba que otros puedan ver.", "Describe a proof that others can see."),
        example="La matriz está en la web.", default=None, translatable=True, most=400,
    )  # fmt: skip
    topic: Annotated[str, TermOf("topics")] | None = about(
        "Tema", "Topic", hint=("Elija un tema del vocabulario.", "Choose a topic of the vocabulary."),
        example="agua", default=None,
    )  # fmt: skip
    updates: tuple[Update, ...] = about(
        "Seguimiento", "Follow-up",
        hint=("Escriba cada noticia con su fecha y su fuente.", "Write each piece of news with its date and source."),
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
    date: Date = about(
        "Fecha", "Date", hint=("Escriba la fecha de la observación.", "Write the amendment's date."),
        example="2026-01-10",
    )  # fmt: skip
    sector: Sector = about(
        "Sector", "Sector", hint=("Diga qué sector observa.", "Say which sector amends."), example="academia"
    )
    item: str | None = about(
        "Punto", "Item", hint=("Diga a qué punto se refiere.", "Say which item it refers to."),
        example="2", default=None, most=60,
    )  # fmt: skip
    text: str = about(
        "Observación", "Amendment", hint=("Diga qué debe decir el acta.", "Say what the minutes should say."),
        example="Dice 22; debe decir 23.", translatable=True, most=800,
    )  # fmt: skip
    accepted: Yes | None = about(
        "Aceptada", "Accepted", hint=("Escriba yes o no.", "Write yes or no."), example="yes", default=None
    )


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
        "Quién lo ve", "Who sees it",
        hint=("Elija public (todos) o members (solo miembros).", "Choose public (everyone) or members (members only)."),
        example="public", default="members", on_sheet=False,
    )  # fmt: skip
    body_of: Annotated[str, BODY_OF] = about(
        "Espacio", "Space",
        hint=(
            "Diga de qué grupo es, o external si es otro espacio.",
            "Say which group's, or external for another space.",
        ),
        example="external",
    )  # fmt: skip
    number: str | None = about(
        "Número", "Number", hint=("Copie el número que lleva el acta.", "Copy the number the minutes carry."),
        example="005-2025", default=None, most=60,
    )  # fmt: skip
    state: Annotated[str, MEETING_STATE] = about(
        "Reunión", "Meeting", hint=("Diga si se realizó.", "Say whether it was held."), example="held", default="held"
    )
    start: When = about(
        "Inicio", "Start",
        hint=("Escriba la fecha, con la hora si se sabe.", "Write the date, with the time if known."),
        example="2025-12-15T18:00",
    )  # fmt: skip
    end: When | None = about(
        "Fin", "End", hint=("Escriba la fecha, con la hora si se sabe.", "Write the date, with the time if known."),
        example="2025-12-15T20:00", default=None,
    )  # fmt: skip
    timezone: Zone = about(
        "Zona horaria", "Time zone", hint=("Escríbala si no es la de Lima.", "Write it if it is not Lima's."),
        example="America/Lima", default="America/Lima", on_sheet=False,
    )  # fmt: skip
    format: Annotated[str, FORMAT] = about(
        "Formato", "Format",
        hint=("Diga si fue in-person, online o hybrid.", "Say whether it was in-person, online or hybrid."),
        example="in-person",
    )  # fmt: skip
    place: Venue | None = about(
        "Lugar", "Place", hint=("Escriba el local y su UBIGEO.", "Write the venue and its UBIGEO."),
        example={"name": "Moquegua", "ubigeo": "180101"}, default=None,
    )  # fmt: skip
    join_url: Url | None = about(
        "Enlace de la reunión", "Meeting link",
        hint=(
            "Escriba el enlace; nunca sale en la edición pública.",
            "Write the link; it is never in the public edition.",
        ),
        example="https://meet.example.org/abc", default=None, members_only=True,
    )  # fmt: skip
    rule: Annotated[str, RULE] = about(
        "Regla de la reunión", "Rule of the meeting",
        hint=(
            "Diga si fue open, chatham-house o confidential.",
            "Say whether it was open, chatham-house or confidential.",
        ),
        example="open",
    )  # fmt: skip
    attendance: Attendance | None = about(
        "Asistencia", "Attendance",
        hint=("Escriba cuentas por sector, nunca nombres.", "Write counts by sector, never names."),
        example={"total": "18"}, default=None, on_sheet=False,
    )  # fmt: skip
    agenda: tuple[AgendaItem, ...] = about(
        "Agenda", "Agenda", hint=("Escriba al menos un punto.", "Write at least one item."),
        example=[{"title": "Avances del monitoreo"}], least=1, on_sheet=False,
    )  # fmt: skip
    agreements: tuple[Agreement, ...] = about(
        "Acuerdos", "Agreements",
        hint=("Numere cada acuerdo, con su responsable y su plazo.", "Number each agreement, with who and by when."),
        example=[{"n": "1", "text": "Publicar la matriz.", "responsible": ["gore-moquegua"], "due": "2026-03"}],
        default=(), on_sheet=False,
    )  # fmt: skip
    minutes_status: Annotated[str, MINUTES_STATUS] | None = about(
        "Estado del acta", "Status of the minutes",
        hint=("Dígalo siempre en las reuniones propias.", "Always say it for our own meetings."),
        example="approved", default=None,
    )  # fmt: skip
    amendments_until: Date | None = about(
        "Observaciones hasta", "Amendments until",
        hint=("Escriba la fecha, si está abierta a observaciones.", "Write the date, if open to amendments."),
        example="2026-01-15", default=None,
    )  # fmt: skip
    approved_on: Date | None = about(
        "Aprobada el", "Approved on",
        hint=("Escriba la fecha, si está aprobada.", "Write the date, if it was approved."),
        example="2026-01-20", default=None,
    )  # fmt: skip
    amendments: tuple[Amendment, ...] = about(
        "Observaciones", "Amendments",
        hint=("Escríbalas: solo ellas cambian un acta aprobada.", "Write them: only they change approved minutes."),
        example=[{"date": "2026-01-10", "sector": "academia", "text": "Dice 22; debe decir 23."}],
        default=(), on_sheet=False,
    )  # fmt: skip
    previous: Annotated[Id, Reference.to("minutes")] | None = about(
        "Acta anterior", "Previous minutes",
        hint=("Nombre el acta anterior del mismo espacio.", "Name the same space's previous minutes."),
        example="2025-11-15-cmq-004", default=None, on_sheet=False,
    )  # fmt: skip
    next: Annotated[Id, Reference.to("minutes")] | None = about(
        "Acta siguiente", "Next minutes",
        hint=("Nombre el acta siguiente del mismo espacio.", "Name the same space's next minutes."),
        example="2026-01-15-cmq-001", default=None, on_sheet=False,
    )  # fmt: skip
