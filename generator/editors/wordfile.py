"""Paragraphs and tables as a Word document that any word processor opens: the same bytes for the same words."""

import io
import zipfile
from collections.abc import Iterable
from html import escape

from generator.reading.word import Block, Cell, Paragraph, Table

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTH = 14_570
"""Between the margins of a lying A4 page, in twentieths of a point: lists of groups need it."""
_LETTER = 112
"""What a letter of a heading takes."""
_STYLES = {
    "title": ("Title", '<w:spacing w:after="160"/>', '<w:b/><w:color w:val="1F3B4D"/><w:sz w:val="44"/>'),
    "heading 1": (
        "heading 1",
        '<w:keepNext/><w:spacing w:before="360" w:after="100"/><w:outlineLvl w:val="0"/>',
        '<w:b/><w:color w:val="1F3B4D"/><w:sz w:val="32"/>',
    ),
    "heading 2": (
        "heading 2",
        '<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:color w:val="1F3B4D"/><w:sz w:val="26"/>',
    ),
    "label": ("Pregunta", '<w:keepNext/><w:spacing w:after="20"/>', "<w:b/>"),
    "hint": ("Ayuda", '<w:keepNext/><w:spacing w:after="40"/>', '<w:color w:val="4A4A4A"/><w:sz w:val="19"/>'),
    "example": ("Ejemplo", '<w:spacing w:after="20"/>', '<w:i/><w:color w:val="5A5A5A"/><w:sz w:val="19"/>'),
    "gap": ("Espacio", '<w:spacing w:after="0"/>', '<w:sz w:val="16"/>'),
}
"""By the name that a paragraph's style has in `Paragraph`: its name in the document, its spaces, its letters."""
_PAGE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="600" w:footer="600" w:gutter="0"/>'
    "</w:sectPr>"
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9AA7AF"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE_STYLE = (
    '<w:style w:type="table" w:styleId="Casillas"><w:name w:val="Casillas"/><w:tblPr>'
    f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
    '<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="110" w:type="dxa"/><w:bottom w:w="70" w:type="dxa"/>'
    '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def word_file(blocks: Iterable[Block], title: str, compression: int = zipfile.ZIP_STORED) -> bytes:
    """A .docx. A cell that begins with a label is shaded; a first row of such cells is repeated on every page.

    Compressed, it is an eighth of the size, but two versions of a compressor give two files.
    """
    body = "".join(_paragraph(block) if isinstance(block, Paragraph) else _table(block) for block in blocks)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in _parts(f"<w:body>{body}{_PAGE}</w:body>", title):
            # A name and nothing else: the time of a room is 1980-01-01.
            archive.writestr(zipfile.ZipInfo(name), _XML + text, compression)
    return made.getvalue()


def _parts(body: str, title: str) -> Iterable[tuple[str, str]]:
    others = {"styles": _styles(), "settings": _SETTINGS}
    types = "".join(f'<Override PartName="/word/{it}.xml" ContentType="{_KIND}.{it}+xml"/>' for it in others)
    listed = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>{types}'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )
    yield "[Content_Types].xml", listed
    core = "http://schemas.openxmlformats.org/package/2006"
    yield (
        "_rels/.rels",
        _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{core}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
    )
    yield "word/_rels/document.xml.rels", _relations(*((f"{_OFFICE}/{it}", f"{it}.xml") for it in others))
    yield "word/document.xml", f'<w:document xmlns:w="{_MAIN}">{body}</w:document>'
    for name, text in others.items():
        yield f"word/{name}.xml", text
    about = (
        f'<cp:coreProperties xmlns:cp="{core}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>es-PE</dc:language></cp:coreProperties>"
    )
    yield "docProps/core.xml", about


_SETTINGS = (
    f'<w:settings xmlns:w="{_MAIN}"><w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
"""Without it Word opens the document as one of 2007."""


def _relations(*targets: tuple[str, str]) -> str:
    links = "".join(f'<Relationship Id="r{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets))
    return f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>'


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/>'
    plain = f'{fonts}<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="es-PE"/>'
    own = "".join(
        f'<w:style w:type="paragraph" w:styleId="{_id(name)}"><w:name w:val="{shown}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr>{spaces}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
        for name, (shown, spaces, letters) in _STYLES.items()
    )
    return (
        f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>{plain}</w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{own}{_TABLE_STYLE}</w:styles>"
    )


def _id(style: str) -> str:
    return style.title().replace(" ", "")


def _paragraph(paragraph: Paragraph) -> str:
    style = f'<w:pPr><w:pStyle w:val="{_id(paragraph.style)}"/></w:pPr>' if paragraph.style else ""
    lines = [f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in paragraph.text.split("\n")]
    text = f"<w:r>{'<w:br/>'.join(lines)}</w:r>" if paragraph.runs else ""
    return f"<w:p>{style}{text}</w:p>"


def _table(table: Table) -> str:
    widths = _widths(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = ""
    for number, row in enumerate(table.rows):
        repeated = "<w:tblHeader/>" if number == 0 and len(table.rows) > 1 else ""
        cells = "".join(_cell(cell, width) for cell, width in zip(row, widths, strict=True))
        rows += f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"
    about = f'<w:tblStyle w:val="Casillas"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{about}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _widths(table: Table) -> list[int]:
    """A question takes two fifths beside its answer. In a list no word of a heading is broken, and what is left goes to
    each column as the length of its example asks for.
    """
    if len(table.rows) == 1:
        return [_WIDTH * 2 // 5, _WIDTH * 3 // 5]
    columns = list(zip(*table.rows, strict=True))
    least = [_LETTER * max(len(word) for it in column[0] for word in it.text.split()) + 300 for column in columns]
    lengths = [max(len(it.text) for cell in column[1:] for it in cell) for column in columns]
    wanted = [min(max(length, 4), 60) for length in lengths]
    return [room + (_WIDTH - sum(least)) * each // sum(wanted) for room, each in zip(least, wanted, strict=True)]


def _cell(cell: Cell, width: int) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F4"/>' if cell[0].style == "label" else ""
    inner = "".join(_paragraph(paragraph) for paragraph in cell)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{inner}</w:tc>'
