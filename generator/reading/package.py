"""The parts of an office document: found in its archive, never on the disk; read up to a bound, without surprises."""

import io
import posixpath
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Mapping

from generator.base.text import Text

MOST_BYTES = 50_000_000
_MOST_XML = 6_000_000
"""Bytes of one part, unpacked: a hundred written pages take two million."""
_MOST_NAMES = 1_000_000
"""Bytes of the list of parts: a document has some dozens."""
_DEEPEST = 100

NOT_A_DOCUMENT = Text("no es un documento de Word (.docx)", "it is not a Word document (.docx)")
_SAVE_IT = Text("ábralo y guárdelo como «Documento de Word (.docx)»", "open it and save it as “Word document (.docx)”")
_OLD = Text(
    f"es un documento de Word antiguo (.doc) o tiene contraseña: {_SAVE_IT.es}, sin contraseña",
    f"it is an old Word document (.doc) or has a password: {_SAVE_IT.en}, without a password",
)
_ODT = Text(f"es un documento de LibreOffice (.odt): {_SAVE_IT.es}", f"it is a LibreOffice (.odt) file: {_SAVE_IT.en}")
_PDF = Text("es un PDF: envíe el documento de Word (.docx)", "it is a PDF: send the Word document (.docx)")
_DAMAGED = Text(f"está dañado: {_SAVE_IT.es} otra vez", f"it is damaged: {_SAVE_IT.en} again")
_TOO_MUCH = Text("contiene mucho más que un documento escrito", "it holds far more than a written document")
_FOREIGN = Text("contiene definiciones que ningún programa de textos escribe", "it holds what no word processor writes")
_DAMAGES = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError, OSError)
_THE_DOCUMENT = "/officeDocument"


class NotReadableError(Exception):
    """The reason is a `Text`."""


class Package:
    """Opens a Word document. What is wrong with it is a NotReadableError, whose words tell the sender what to do."""

    def __init__(self, data: bytes) -> None:
        if reason := _not_a_document(data):
            raise NotReadableError(reason)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGES as error:
            raise NotReadableError(_DAMAGED) from error
        self.names = frozenset(self._archive.namelist())
        starts = (target for kind, target in self.relations("").values() if kind.endswith(_THE_DOCUMENT))
        self.main = next(starts, "")
        self._links = self.relations(self.main) if self.main in self.names else {}

    def read(self, part: str, most: int) -> bytes:
        if part not in self.names:
            raise NotReadableError(NOT_A_DOCUMENT)
        try:
            with self._archive.open(part) as file:
                data = file.read(most + 1)
        except _DAMAGES as error:
            raise NotReadableError(_DAMAGED) from error
        if len(data) > most:
            raise NotReadableError(_TOO_MUCH)
        return data

    def tree(self, part: str) -> ET.Element:
        """The root of a part, as `_tree` reads it."""
        try:
            return _tree(self.read(part, _MOST_XML))
        except (ET.ParseError, ValueError) as error:
            raise NotReadableError(_DAMAGED) from error

    def beside(self, kind: str) -> ET.Element:
        """The root of the part of a kind; an empty one where the document has none."""
        part = next((target for told, target in self._links.values() if told.endswith(f"/{kind}")), "")
        return self.tree(part) if part in self.names else ET.Element("none")

    def target(self, link: str | None) -> str:
        """Where a link of the document leads: the name of a part, or an address; empty where there is no such link."""
        return self._links.get(link or "", ("", ""))[1]

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """(kind, target) by id; a target inside the archive is a part's name, one outside keeps its address."""
        folder, name = posixpath.split(part)
        told = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for it in self.tree(told) if told in self.names else ():
            target = it.get("Target", "")
            if it.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[it.get("Id", "")] = (it.get("Type", ""), target)
        return found


def _not_a_document(data: bytes) -> Text | None:
    """What it is instead, by its first bytes; and whether its list of parts is longer than that of any document."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _OLD
    if data.startswith(b"%PDF"):
        return _PDF
    if not data.startswith(b"PK"):
        return NOT_A_DOCUMENT
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        return _ODT
    end = data.rfind(b"PK\x05\x06")
    if end < 0 or len(data) < end + 22:
        return _DAMAGED
    return _TOO_MUCH if struct.unpack_from("<I", data, end + 12)[0] > _MOST_NAMES else None


def _tree(data: bytes) -> ET.Element:
    """The root of a part, with plain names: the strict and the usual form of the format differ in name spaces only."""
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise NotReadableError(_FOREIGN)  # words that stand for others: a bomb, or a file of this machine
    # A text, not bytes: its declaration cannot choose another encoding.
    root = ET.fromstring(re.sub(r"^<\?xml.*?\?>", "", text, count=1))  # noqa: S314  # no definitions: see above
    layer = [root]
    for _ in range(_DEEPEST):
        for element in layer:
            element.tag = element.tag.rpartition("}")[2]
            for name in [name for name in element.attrib if "}" in name]:
                element.attrib.setdefault(name.rpartition("}")[2], element.attrib.pop(name))
        layer = [child for element in layer for child in element]
        if not layer:
            return root
    raise NotReadableError(_TOO_MUCH)
