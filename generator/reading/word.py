"""A Word document as paragraphs, tables and pictures. Nothing in it is run, followed or fetched.

The standard library reads it: what programs write differs in names and wrappers, and a reader that skips what it does
not know would lose words. Here every text counts, however it is wrapped; only what was deleted is passed over.
"""

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.reading.characters import FORBIDDEN
from generator.reading.package import NotReadableError, Package

_PASSED_OVER = {"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = ("0", "false", "none", "off")
_HEADING = re.compile(r"(?:heading|t[ií]tulo|encabezado) ?([1-6])", re.IGNORECASE)
_OTHER_SPACES = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_BY_A_MACHINE = re.compile(r"gener(?:ad[ao]|ated) (?:autom|by)|AI-generated|generado por IA", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """`part` is its name in the document, empty for a picture that lies elsewhere; `cut` is how much of each side
    (left, top, right, bottom; as a share of 1) was cut off and must not come back.
    """

    part: str
    alt: str = ""
    cut: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look, or a picture."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style` is its name in lower case, `level` that of a heading (0: none), `mark` that of a list's item."""

    runs: tuple[Run, ...]
    style: str = ""
    level: int = 0
    mark: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        """Its words with single spaces; a line end where the author put one."""
        lines = "".join(run.text for run in self.runs).split("\n")
        return "\n".join(" ".join(line.split()) for line in lines).strip("\n")

    @property
    def pictures(self) -> list[Picture]:
        return [run.picture for run in self.runs if run.picture]


Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table inside a cell is read as the paragraphs it holds."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """`notes` are what stands beside the text: notes of page and end, comments."""

    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    package: Package | None = field(default=None, compare=False)

    def data(self, picture: Picture, most: int) -> bytes | None:
        """The bytes of a picture; None where it is not in the document, is damaged or takes more than `most`."""
        try:
            return self.package.read(picture.part, most) if self.package else None
        except NotReadableError:
            return None


def read_word(data: bytes) -> Document:
    """Raises NotReadableError; time and memory are bounded by the size of `data`, which the caller bounds."""
    return _Reader(Package(data)).document()


class _Reader:
    """One document, while it is read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = {
            style.get("styleId", ""): (_value(style, "name").lower(), style.find("pPr/numPr"))
            for style in package.beside("styles").iter("style")
        }
        self._lists = self._list_marks()

    def document(self) -> Document:
        blocks = tuple(self._blocks(self._package.tree(self._package.main)))
        notes = [
            text
            for kind in ("footnotes", "endnotes", "comments")
            for note in self._package.beside(kind)
            if (text := _words(self._blocks(note)))
        ]
        return Document(blocks, tuple(notes), self._package)

    def _list_marks(self) -> Mapping[tuple[str, str], str]:
        """What begins an item, by list and depth."""
        numbering = self._package.beside("numbering")
        kinds = {
            (each.get("abstractNumId"), level.get("ilvl", "0")): _value(level, "numFmt")
            for each in numbering.iter("abstractNum")
            for level in each.iter("lvl")
        }
        return {
            (num.get("numId", ""), depth): "-" if kind in ("bullet", "none", "") else "1."
            for num in numbering.iter("num")
            for (abstract, depth), kind in kinds.items()
            if abstract == _value(num, "abstractNumId")
        }

    def _blocks(self, element: ET.Element) -> Iterator[Block]:
        for child in element:
            if child.tag == "p":
                yield self._paragraph(child)
            elif child.tag == "tbl":
                yield Table(tuple(tuple(map(self._cell, _inside(row, "tc"))) for row in _inside(child, "tr")))
            elif child.tag not in _PASSED_OVER:
                yield from self._blocks(child)

    def _cell(self, element: ET.Element) -> Cell:
        return tuple(paragraphs_of(self._blocks(element)))

    def _paragraph(self, element: ET.Element) -> Paragraph:
        style, of_style = self._styles.get(_value(element.find("pPr"), "pStyle"), ("", None))
        own = element.find("pPr/numPr")
        number, depth = (_value(of_style if own is None else own, name) or "0" for name in ("numId", "ilvl"))
        heading = _HEADING.match(style)
        mark = "" if number == "0" else self._lists.get((number, depth), "-")
        levels = int(depth) if re.fullmatch("[0-9]", depth) else 0
        return Paragraph(tuple(self._runs(element)), style, int(heading[1]) if heading else 0, mark, levels)

    def _runs(self, element: ET.Element, look: Run = Run("")) -> Iterator[Run]:
        for child in element:
            tag = child.tag
            if tag in _PASSED_OVER:
                continue
            if tag == "t":
                yield Run(_clean(child.text or ""), look.bold, look.italic, look.link)
            elif tag in _SIGNS:
                yield Run(" " if child.get("type") == "page" else _SIGNS[tag])
            elif tag == "r":
                yield from self._runs(child, Run("", _is_on(child, "b"), _is_on(child, "i"), look.link))
            elif tag == "hyperlink":
                address = self._package.target(child.get("id"))
                yield from self._runs(child, Run("", link=_clean(address).strip()))
            elif tag in ("drawing", "pict"):
                yield from (Run("", picture=picture) for picture in self._pictures(child))
                yield from (
                    Run(f"{text}\n") for box in child.iter("txbxContent") if (text := _words(self._blocks(box)))
                )
            else:
                yield from self._runs(child, look)

    def _pictures(self, element: ET.Element) -> Iterator[Picture]:
        told = element.find(".//docPr")
        alt = _clean((told.get("descr") or "") if told is not None else "")
        for fill in (*element.iter("blipFill"), *element.iter("imagedata")):
            blip = fill.find("blip") if fill.tag == "blipFill" else fill
            if blip is None:
                continue
            part = self._package.target(blip.get("embed") or blip.get("id"))
            cut = fill.find("srcRect")
            sides = tuple(_share(cut.get(side, "")) for side in "ltrb") if cut is not None else ()
            inside = part if part in self._package.names else ""
            yield Picture(
                inside, "" if _BY_A_MACHINE.search(alt) else " ".join(alt.split()), sides if any(sides) else ()
            )


def paragraphs_of(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph, those of tables row by row."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for cell in row for paragraph in cell)


def _words(blocks: Iterable[Block]) -> str:
    return "\n".join(text for paragraph in paragraphs_of(blocks) if (text := paragraph.text))


def _inside(element: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The nearest elements of that name, however they are wrapped."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _PASSED_OVER:
            yield from _inside(child, tag)


def _value(element: ET.Element | None, name: str) -> str:
    found = None if element is None else element.find(name)
    return "" if found is None else found.get("val", "")


def _is_on(run: ET.Element, name: str) -> bool:
    found = run.find(f"rPr/{name}")
    return found is not None and found.get("val", "1") not in _OFF


def _share(thousandths: str) -> float:
    """A share of 1 from thousandths of a percent."""
    return min(int(thousandths), 100_000) / 100_000 if re.fullmatch("[0-9]{1,6}", thousandths) else 0.0


def _clean(text: str) -> str:
    """Letters as one sign each, plain spaces, nothing invisible."""
    return FORBIDDEN.sub("", _OTHER_SPACES.sub(" ", unicodedata.normalize("NFC", text)))
