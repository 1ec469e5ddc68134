"""A PDF without what it says of its author, and without what acts by itself."""

import io
from collections.abc import Callable

import pikepdf

_HIDDEN = ("/AA", "/AF", "/EmbeddedFiles", "/JavaScript", "/Metadata", "/OpenAction", "/PieceInfo")
_PEOPLE = ("/Author", "/Company", "/Manager")


def document(data: bytes) -> tuple[bool, Callable[[], bytes]]:
    """Whether it tells about its author, and what makes it without. Raises ValueError for what cannot be read."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        raise ValueError from error
    told = "/Info" in pdf.trailer and any(name in pdf.docinfo for name in _PEOPLE)

    def write() -> bytes:
        for name in ("/Info", "/ID"):
            if name in pdf.trailer:
                del pdf.trailer[name]
        for found in pdf.objects:
            if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                _strip(found)
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
        return made.getvalue()

    return told or "/Metadata" in pdf.Root, write


def _strip(found: pikepdf.Object) -> None:
    """ISO 32000-2: metadata, programs' own notes, files inside, actions that start alone, signatures, commenters."""
    signature = found.get("/Type") in ("/Sig", "/DocTimeStamp") or "/ByteRange" in found
    action = found.get("/S") in ("/JavaScript", "/Launch")
    for name in list(found.keys()):
        by_whom = name == "/T" and "/Subtype" in found and found.get("/Subtype") != "/Widget"
        if signature or action or by_whom or name in _HIDDEN:
            del found[name]
