"""Minutes: what was said and agreed in a meeting, and what became of it."""

from typing import Annotated, ClassVar

from generator.base.text import Text
from generator.model.entry import Entry
from generator.model.fields import Part, about, again
from generator.model.kinds import Choice, Date, Reference, TermOf, When
from generator.model.record import VISIBILITY, OrganizationId, RecordType, Sector
from generator.model.scalars import Count, Url, Yes, Zone
from generator.records.agreement import Agreement

BODY_OF = Choice.of(
    ("core-group", "grupo núcleo", "core group"),
    ("extended-group", "grupo ampliado", "extended group"),
    ("working-group", "grupo de trabajo", "working group"),
    ("site-visit", "visita de campo", "site visit"),
    ("internship", "pasantía", "internship"),
    ("training", "capacitación", "training"),
    ("forum", "foro", "forum"),
    ("external", "otro espacio", "another space"),
)
CADENCE = {"core-group": 1, "extended-group": 2}
"""Months between two meetings of a body, as the community's founding document plans them."""
MEETING_STATE = Choice.of(
    ("scheduled", "programada", "scheduled"),
    ("held", "realizada", "held"),
    ("cancelled", "cancelada", "cancelled"),
    ("postponed", "postergada", "postponed"),
)
FORMAT = Choice.of(
    ("in-person", "presencial", "in person"), ("online", "virtual", "online"), ("hybrid", "híbrida", "hybrid")
)
RULE = Choice.of(
    ("open", "abierta", "open"),
    ("chatham-house", "regla de Chatham House", "Chatham House rule"),
    ("confidential", "confidencial", "confidential"),
)
MINUTES_STATUS = Choice.of(
    ("draft", "borrador", "draft"),
    ("amendment-window", "abierta a observaciones", "open to amendments"),
    ("approved", "aprobada", "approved"),
    ("corrected", "corregida", "corrected"),
)
APPROVED = ("approved", "corrected")
AMENDED = '[{date: 2026-02-10, sector: academia, text: "Dice 22; debe decir 23.", accepted: yes}]'
"""How an amendment is written that was accepted."""
ITEM = Choice.of(
    ("information", "información", "information"),
    ("deliberation", "deliberación", "deliberation"),
    ("decision", "decisión", "decision"),
    ("learning", "aprendizaje", "learning"),
)


class Venue(Part):
    name: str = about(
        "Nombre", "Name", hint=("Escriba el local o la ciudad.", "Write the venue or the town."),
        example="Moquegua", translatable=True, most=200, unattributed=True,
    )  # fmt: skip
    ubigeo: Annotated[str, TermOf("places")] | None = about(
        "UBIGEO", "UBIGEO", hint=("Escriba el código del INEI.", "Write INEI's code."), example="180101", default=None,
        unattributed=True,
    )  # fmt: skip


class Attendance(Part):
    total: Count | None = about(
        "Total", "Total", hint=("Diga cuántas personas hubo.", "Say how many people there were."), example="18"
    )
    by_sector: dict[Sector, Count] = about(
        "Por sector", "By sector",
        hint=("Diga cuántas de cada sector, nunca sus nombres.", "Say how many of each sector, never their names."),
        example={"academia": "4"}, default={}, unattributed=True,
    )  # fmt: skip
    few: tuple[Sector, ...] = about(
        "Menos de tres", "Fewer than three",
        hint=(
            "Nombre los sectores con una o dos personas, si no conviene decir cuántas.",
            "Name the sectors with one or two people, if it is better not to say how many.",
        ),
        example=["medios"], default=(), unattributed=True,
    )  # fmt: skip
    women: Count | None = about(
        "Mujeres", "Women", hint=("Diga cuántas mujeres hubo.", "Say how many women."), example="9", default=None
    )
    men: Count | None = about(
        "Hombres", "Men", hint=("Diga cuántos hombres hubo.", "Say how many men."), example="9", default=None
    )
    organizations: tuple[OrganizationId, ...] = about(
        "Organizaciones", "Organisations",
        hint=("Nombre las organizaciones presentes.", "Name the organisations that were present."),
        example=["gore-moquegua"], default=(),
    )  # fmt: skip


class AgendaItem(Part):
    title: str = about(
        "Punto", "Item", hint=("Diga de qué se trató.", "Say what it was about."),
        example="Avances del monitoreo", translatable=True, most=250, unattributed=True,
    )  # fmt: skip
    kind: Annotated[str, ITEM] | None = about(
        "Clase", "Kind",
        hint=(
            "Diga si fue information, deliberation, decision o learning.",
            "Say whether it was information, deliberation, decision or learning.",
        ),
        example="information", default=None, unattributed=True,
    )  # fmt: skip
    records: tuple[Annotated[str, Reference.to()], ...] = about(
        "Fichas", "Records", hint=("Nombre las fichas que se trataron.", "Name the records that were discussed."),
        example=["mesa-ejemplo"], default=(), editorial=True,
    )  # fmt: skip


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
    visibility: Annotated[str, VISIBILITY] = again(Entry, "visibility", default="members", editorial=False)
    body_of: Annotated[str, BODY_OF] = about(
        "Espacio", "Space",
        hint=(
            "Diga de qué grupo es, o external si es otro espacio.",
            "Say which group's, or external for another space.",
        ),
        example="external", unattributed=True,
    )  # fmt: skip
    number: str | None = about(
        "Número", "Number", hint=("Copie el número que lleva el acta.", "Copy the number the minutes carry."),
        example="005-2025", default=None, most=60, unattributed=True,
        why=("Permite hallar el acta original.", "It leads to the original minutes."),
    )  # fmt: skip
    state: Annotated[str, MEETING_STATE] = about(
        "Reunión", "Meeting", hint=("Diga si se realizó.", "Say whether it was held."), example="held", default="held",
        unattributed=True,
    )  # fmt: skip
    start: When = about(
        "Inicio", "Start",
        hint=("Escriba la fecha, con la hora si se sabe.", "Write the date, with the time if known."),
        example="2025-12-15T18:00", unattributed=True,
    )  # fmt: skip
    end: When | None = about(
        "Fin", "End", hint=("Escriba la fecha, con la hora si se sabe.", "Write the date, with the time if known."),
        example="2025-12-15T20:00", default=None, unattributed=True,
    )  # fmt: skip
    timezone: Zone = about(
        "Zona horaria", "Time zone", hint=("Escríbala si no es la de Lima.", "Write it if it is not Lima's."),
        example="America/Lima", default="America/Lima", on_sheet=False, unattributed=True, editorial=True,
        why=("La hora se lee igual desde otro país.", "The time reads right from abroad."),
    )  # fmt: skip
    format: Annotated[str, FORMAT] = about(
        "Formato", "Format",
        hint=("Diga si fue in-person, online o hybrid.", "Say whether it was in-person, online or hybrid."),
        example="in-person", unattributed=True,
    )  # fmt: skip
    place: Venue | None = about(
        "Lugar", "Place", hint=("Escriba el local y su UBIGEO.", "Write the venue and its UBIGEO."),
        example={"name": "Moquegua", "ubigeo": "180101"}, default=None, unattributed=True,
        why=("Reúne las actas de un mismo lugar.", "It brings a place's minutes together."),
    )  # fmt: skip
    join_url: Url | None = about(
        "Enlace de la reunión", "Meeting link",
        hint=(
            "Escriba el enlace; nunca sale en la edición pública.",
            "Write the link; it is never in the public edition.",
        ),
        example="https://meet.example.org/abc", default=None, members_only=True, editorial=True,
        why=("Los miembros entran desde el calendario.", "Members join from the calendar."),
    )  # fmt: skip
    rule: Annotated[str, RULE] = about(
        "Regla de la reunión", "Rule of the meeting",
        hint=(
            "Diga si fue open, chatham-house o confidential.",
            "Say whether it was open, chatham-house or confidential.",
        ),
        example="open", unattributed=True,
        why=("Decide qué sale del grupo y qué no.", "It decides what leaves the group and what does not."),
    )  # fmt: skip
    attendance: Attendance | None = about(
        "Asistencia", "Attendance",
        hint=("Escriba cuentas por sector, nunca nombres.", "Write counts by sector, never names."),
        example={"total": "18"}, default=None, on_sheet=False, unattributed=True,
        why=("Muestra qué sectores estuvieron.", "It shows which sectors were there."),
    )  # fmt: skip
    agenda: tuple[AgendaItem, ...] = about(
        "Agenda", "Agenda", hint=("Escriba al menos un punto.", "Write at least one item."),
        example=[{"title": "Avances del monitoreo"}], least=1, on_sheet=False, unattributed=True,
        why=("Dice de qué se habló, a quien no estuvo.", "It tells what was discussed to those who were away."),
    )  # fmt: skip
    agreements: tuple[Agreement, ...] = about(
        "Acuerdos", "Agreements",
        hint=("Numere cada acuerdo, con su responsable y su plazo.", "Number each agreement, with who and by when."),
        example=[{"n": "1", "text": "Publicar la matriz.", "responsible": ["gore-moquegua"], "due": "2026-03"}],
        default=(), on_sheet=False, unattributed=True,
        why=("De aquí sale el seguimiento de acuerdos.", "The tracker of agreements comes from here."),
    )  # fmt: skip
    public_summary: str | None = about(
        "Lo que el grupo acordó publicar", "What the group agreed to publish",
        hint=(
            "Bajo la regla de Chatham House, fuera del grupo se lee en lugar del relato; no nombra a nadie.",
            "Under the Chatham House rule it is read outside the group instead of the text; it names nobody.",
        ),
        example="El grupo revisó los avances y acordó publicar cada año la matriz de compromisos.", default=None,
        translatable=True, on_sheet=False, unattributed=True, least=40, most=2000,
        why=("El grupo decide qué cuenta de sí.", "The group decides what it tells of itself."),
    )  # fmt: skip
    minutes_status: Annotated[str, MINUTES_STATUS] | None = about(
        "Estado del acta", "Status of the minutes",
        hint=("Dígalo siempre en las reuniones propias.", "Always say it for our own meetings."),
        example="approved", default=None, unattributed=True, living=True,
    )  # fmt: skip
    amendments_until: Date | None = about(
        "Observaciones hasta", "Amendments until",
        hint=("Escriba la fecha, si está abierta a observaciones.", "Write the date, if open to amendments."),
        example="2026-01-15", default=None, unattributed=True, living=True,
    )  # fmt: skip
    approved_on: Date | None = about(
        "Aprobada el", "Approved on",
        hint=("Escriba la fecha, si está aprobada.", "Write the date, if it was approved."),
        example="2026-01-20", default=None, unattributed=True, living=True,
    )  # fmt: skip
    amendments: tuple[Amendment, ...] = about(
        "Observaciones", "Amendments",
        hint=("Escríbalas: solo ellas cambian un acta aprobada.", "Write them: only they change approved minutes."),
        example=[{"date": "2026-01-10", "sector": "academia", "text": "Dice 22; debe decir 23."}],
        default=(), on_sheet=False, living=True, editorial=True,
        why=("Un acta aprobada no cambia en silencio.", "Approved minutes do not change in silence."),
    )  # fmt: skip
    previous: Annotated[str, Reference.to("minutes")] | None = about(
        "Acta anterior", "Previous minutes",
        hint=("Nombre el acta anterior del mismo espacio.", "Name the same space's previous minutes."),
        example="2025-11-15-cmq-004", default=None, on_sheet=False, unattributed=True, living=True, editorial=True,
    )  # fmt: skip
    next: Annotated[str, Reference.to("minutes")] | None = about(
        "Acta siguiente", "Next minutes",
        hint=("Nombre el acta siguiente del mismo espacio.", "Name the same space's next minutes."),
        example="2026-01-15-cmq-001", default=None, on_sheet=False, unattributed=True, living=True, editorial=True,
    )  # fmt: skip
