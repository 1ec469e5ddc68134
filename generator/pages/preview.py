"""The picture that a shared link shows: what it says, and where it is."""

import hashlib
from dataclasses import astuple, dataclass

from generator.base.text import Lang, Text
from generator.pages.page import ROOT

FOLDER = Text("imagenes/", "images/")
"""From each language's root."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`kind` is a type's name, which gives colour and sign; empty for the site's own picture."""

    kind: str
    label: str
    title: str
    place: str = ""

    @property
    def file(self) -> str:
        """Named by what it says: whoever keeps pictures by their address sees a new one when a title changes."""
        if not self.kind:
            return "site.png"
        said = "\0".join(astuple(self))
        return f"{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}.png"

    def staged(self, lang: Lang) -> dict[str, str]:
        """For the theme: the address from the site's root, and what the picture says."""
        place = f". {self.place}" if self.place else ""
        return {"path": f"{ROOT[lang]}{FOLDER.to(lang)}{self.file}", "alt": f"{self.label}: {self.title}{place}"}


def site_preview(name: Text, lang: Lang) -> Preview:
    """For pages that are no record."""
    return Preview("", Text("Base de conocimiento", "Knowledge base").to(lang), name.to(lang), "Moquegua, Perú")
