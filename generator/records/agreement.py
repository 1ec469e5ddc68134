"""An agreement: what will be done, by whom, until when, and what became of it."""

from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError

from generator.base.text import Text
from generator.model.fields import Part, about
from generator.model.kinds import BAD_DATE, Choice, Date, Instead, TermOf, refuse
from generator.model.record import OrganizationId, Sector, cited
from generator.model.scalars import Count, SourceNumbers, Url, Yes

PROGRESS = Choice.of(
    ("no-evidence", "sin evidencia de avance", "no evidence of progress"),
    ("not-started", "no iniciado", "not started"),
    ("limited", "avance limitado", "limited progress"),
    ("substantial", "avance sustancial", "substantial progress"),
    ("complete", "cumplido", "complete"),
    ("withdrawn", "retirado", "withdrawn"),
    ("postponed", "postergado", "postponed"),
)
"""The scale of the Open Government Partnership's completion coding, plus postponed."""

CLOSED = ("complete", "withdrawn")
UNKNOWN = "unknown"
NO_DATE = "none"
_NO_DATE_MEANT = ("ninguna", "ninguno", "no", "s/f", "sin fecha", "sin plazo")


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


class Update(Part):
    date: Date = about(
        "Fecha", "Date", hint=("Escriba la fecha de la noticia.", "Write the date of the news."), example="2023-09",
        unattributed=True,
    )  # fmt: skip
    status: Annotated[str, PROGRESS] = about(
        "Estado", "Status", hint=("Elija el estado en la escala de OGP.", "Choose the status on OGP's scale."),
        example="substantial", unattributed=True,
    )  # fmt: skip
    note: str | None = about(
        "Qué se sabe", "What is known",
        hint=("Cuéntelo en una o dos frases.", "Tell it in a sentence or two."),
        example="La obra terminó.", default=None, translatable=True, most=600, unattributed=True,
    )  # fmt: skip
    source: SourceNumbers | None = cited(default=None)
    evidence: Url | None = about(
        "Evidencia", "Evidence",
        hint=("Escriba la dirección web de la prueba.", "Write the web address of the evidence."),
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
        unattributed=True,
    )  # fmt: skip
    text: str = about(
        "Acuerdo", "Agreement", hint=("Diga qué se hará.", "Say what will be done."),
        example="Publicar la matriz de compromisos.", translatable=True, most=400, unattributed=True,
    )  # fmt: skip
    unseen: Yes = about(
        "Texto no visto", "Text not seen",
        hint=(
            "Escriba yes si se sabe que el acuerdo existe y no se vio su texto.",
            "Write yes if the agreement is known to exist and its text was not seen.",
        ),
        example="yes", default=False, editorial=True,
    )  # fmt: skip
    responsible: Annotated[
        tuple[OrganizationId, ...],
        Instead(UNKNOWN, Text("no se sabe", "not known")),
        BeforeValidator(_unknown_as_nobody),
    ] = about(
        "Responsable", "Responsible",
        hint=(
            "Nombre las organizaciones responsables, nunca personas; escriba unknown si no se sabe.",
            "Name the responsible organisations, never people; write unknown if nobody knows.",
        ),
        example=["gore-moquegua"],
    )  # fmt: skip
    supporting: tuple[OrganizationId, ...] = about(
        "Apoya", "Supported by",
        hint=("Nombre las organizaciones que apoyan.", "Name the organisations that support it."),
        example=["gore-moquegua"], default=(),
    )  # fmt: skip
    due: Annotated[
        Date | None, Instead(NO_DATE, Text("no se fijó plazo", "no date was set")), BeforeValidator(_none_as_absent)
    ] = about(
        "Plazo", "Due",
        hint=("Escriba la fecha, o none si no se fijó.", "Write the date, or none if none was set."), example="2026-03",
        unattributed=True,
    )  # fmt: skip
    verify_by: str | None = about(
        "Cómo se sabrá que se cumplió", "How we will know it was done",
        hint=("Describa una prueba que otros puedan ver.", "Describe evidence that others can see."),
        example="La matriz está en la web.", default=None, translatable=True, most=400, unattributed=True,
    )  # fmt: skip
    topic: Annotated[str, TermOf("topics")] | None = about(
        "Tema", "Topic", hint=("Elija un tema del vocabulario.", "Choose a topic of the vocabulary."),
        example="agua", default=None, unattributed=True, living=True,
    )  # fmt: skip
    updates: tuple[Update, ...] = about(
        "Seguimiento", "Follow-up",
        hint=("Escriba cada noticia con su fecha y su fuente.", "Write each piece of news with its date and source."),
        example=[{"date": "2023-09", "status": "substantial"}], default=(), unattributed=True, living=True,
        editorial=True,
    )  # fmt: skip

    @property
    def latest(self) -> Update | None:
        return max(self.updates, key=lambda update: update.date.last, default=None)

    @property
    def status(self) -> str:
        """Where it stands: the status of the latest news; without news there is no evidence."""
        return self.latest.status if self.latest else "no-evidence"
