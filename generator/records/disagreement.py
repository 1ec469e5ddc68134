"""A disagreement: in what sources differ, and what each of them says."""

from generator.model import fields
from generator.model.fields import Part, about
from generator.model.record import cited
from generator.model.scalars import SourceNumbers


class Version(Part):
    text: str = about(
        "Versión", "Version", hint=("Cuente lo que dice esta fuente.", "Tell what this source says."),
        example="Fueron 22 sesiones.", translatable=True, most=600,
    )  # fmt: skip
    source: SourceNumbers | None = cited(default=None)


class Disagreement(Part):
    about: str = fields.about(
        "Sobre qué", "About what", hint=("Diga en qué difieren las fuentes.", "Say in what the sources differ."),
        example="Fecha de inicio", translatable=True, most=200,
    )  # fmt: skip
    versions: tuple[Version, ...] = fields.about(
        "Versiones", "Versions", hint=("Cuente todas las versiones vistas.", "Tell all the versions that were seen."),
        example=[{"text": "En enero", "source": "1"}, {"text": "En marzo", "source": "2"}], least=2,
    )  # fmt: skip
