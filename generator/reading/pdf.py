"""A PDF without what it says of its author, and without what acts by itself."""

import io
from collections.abc import Callable

import pikepdf

_HIDDEN = (
    "/AA",
    "/AF",
    "/EF",
    "/EmbeddedFiles",
    "/JS",
    "/JavaScript",
    "/Metadata",
    "/OpenAction",
    "/PieceInfo",
    "/XFA",
)
_ACTIONS = (
    "/GoToE",
    "/GoToR",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/RichMediaExecute",
    "/Sound",
    "/SubmitForm",
)
"""Those that run, open or send something; what leads to a place in the document or to a web address stays."""
_PEOPLE = ("/Author", "/Company", "/Manager")


def document(data: bytes) -> tuple[bool, Callable[[], bytes]]:
    """Whether it tells about its author, and what makes it without. Raises ValueError for what cannot be read."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ValueError from error
    told = "/Info" in pdf.trailer and any(name in pdf.docinfo for name in _PEOPLE)

    def write() -> bytes:
        for name in ("/Info", "/ID"):
            if name in pdf.trailer:
                del pdf.trailer[name]
        for found in pdf.objects:
            _strip(found)
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
        return made.getvalue()

    return told or "/Metadata" in pdf.Root, write


def _strip(whole: pikepdf.Object) -> None:
    """ISO 32000-2: metadata, programs' own notes, files inside, actions, signatures, commenters. What stands inside
    another object without a number of its own too.
    """
    waiting = [whole]
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting += [inner for inner in found.as_list() if _is_inside(inner)]
        if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            continue
        signature = found.get("/Type") in ("/Sig", "/DocTimeStamp") or "/ByteRange" in found
        action = found.get("/S") in _ACTIONS
        for name in list(found.keys()):
            by_whom = name == "/T" and "/Subtype" in found and found.get("/Subtype") != "/Widget"
            if signature or action or by_whom or name in _HIDDEN:
                del found[name]
            elif _is_inside(found[name]):
                waiting.append(found[name])


def _is_inside(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
