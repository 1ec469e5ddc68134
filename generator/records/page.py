"""A plain page: about the community, how to take part, how records are reviewed."""

from typing import ClassVar

from generator.base.text import Text
from generator.model.fields import about
from generator.model.record import Record, RecordType


class Page(Record):
    kind: ClassVar[RecordType] = RecordType(
        name="page",
        folder="content/pages",
        label=Text("Página", "Page"),
        plural=Text("Páginas", "Pages"),
        address=Text("", ""),
    )

    title: str = about(
        "Título", "Title", hint=("Diga de qué trata, en una línea.", "Say what it is about, in one line."),
        example="Cómo participar", least=3, most=110,
    )  # fmt: skip
    summary: str = about(
        "Resumen", "Summary",
        hint=(
            "Diga de qué trata en una o dos frases; se ven al compartir el enlace.",
            "Say what it is about in a sentence or two; they are seen when the link is shared.",
        ),
        example="Quién puede participar en la comunidad, qué hace cada grupo y cómo proponer un caso.",
        least=60, most=320,
    )  # fmt: skip
    translation_of: str | None = about(
        "Traducción de", "Translation of",
        hint=("Nombre la página en español, sin «.md».", "Name the Spanish page, without “.md”."),
        example="participar", default=None,
    )  # fmt: skip

    @property
    def heading(self) -> str:
        return self.title

    @property
    def lead(self) -> str:
        return self.summary
