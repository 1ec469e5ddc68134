"""Links and images in a body: that what they point at is there, and may be published."""

import posixpath
import re
from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.nearest import DID_YOU_MEAN, nearest
from generator.base.text import Span, Text
from generator.checks.almost import FOOTNOTE
from generator.checks.identity import PRIVATE_REFERENCE
from generator.library.editions import face_of, is_withheld, shows_attachments
from generator.library.references import Target, link_target
from generator.library.repository import Repository, in_body
from generator.model.data import FOLDER as DATA
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Places
from generator.reading.outline import Link

BROKEN_LINK = Rule(
    "KB701",
    "broken-link",
    Severity.ERROR,
    Text("el enlace «{target}» no lleva a ninguna ficha", "link “{target}” leads to no record"),
    Text("la ruta se escribe desde la carpeta de este archivo", "the path is written from this file's folder"),
)
BROKEN_ANCHOR = Rule(
    "KB702",
    "broken-anchor",
    Severity.ERROR,
    Text("«{path}» no tiene ninguna sección «#{anchor}»", "“{path}” has no section “#{anchor}”"),
    Text("sus secciones son: {anchors}", "its sections are: {anchors}"),
)
MISSING_ATTACHMENT = Rule(
    "KB703",
    "missing-attachment",
    Severity.ERROR,
    Text("falta el adjunto «{path}»", "attachment “{path}” is missing"),
    Text("guárdelo en la carpeta de esta ficha, «{folder}/»", "save it in this record's folder, “{folder}/”"),
)
NO_ALT_TEXT = Rule(
    "KB704",
    "image-without-alt-text",
    Severity.ERROR,
    Text("la imagen «{target}» no tiene texto alternativo", "image “{target}” has no alternative text"),
    Text(
        "escriba entre los corchetes qué muestra: ![Mapa del valle]({target})",
        "write between the brackets what it shows: ![Map of the valley]({target})",
    ),
)
OUTSIDE = Rule(
    "KB707",
    "path-leaves-repository",
    Severity.ERROR,
    Text("«{target}» lleva fuera de las carpetas permitidas", "“{target}” leads outside the folders allowed"),
    Text(
        "escriba la ruta desde la carpeta de este archivo, sin «/» inicial",
        "write the path from this file's folder, without a leading “/”",
    ),
)
REMOTE_IMAGE = Rule(
    "KB708",
    "remote-image",
    Severity.ERROR,
    Text("la imagen «{target}» no es un archivo del repositorio", "image “{target}” is not a file of the repository"),
    Text(
        "guárdela en la carpeta de la ficha: la página no pide nada a terceros",
        "save it in the record's folder: the page asks nothing of third parties",
    ),
)
NOT_ALONE = Rule(
    "KB710",
    "figure-not-alone",
    Severity.ERROR,
    Text("la figura «{target}» está dentro de un párrafo", "figure “{target}” stands inside a paragraph"),
    Text("déjela sola, con una línea vacía antes y otra después", "leave it alone, an empty line before and after"),
)
BAD_SCHEME = Rule(
    "KB709",
    "link-not-allowed",
    Severity.ERROR,
    Text("el enlace «{target}» no es http, https ni mailto", "link “{target}” is not http, https or mailto"),
    Text("escriba la dirección completa, con «https://»", "write the whole address, with “https://”"),
)

_FIGURE_IS_SHOWN = Text(
    "una figura no se enlaza, se muestra: ponga «!» delante", "a figure is not linked but shown: put “!” before it"
)
_TABLE_IS_LINKED = Text(
    "una tabla no se muestra, se enlaza: quite el «!»", "a table is not shown but linked: take away the “!”"
)
_NO_ADDRESS = Text("escriba la dirección entre los paréntesis", "write the address between the parentheses")
_WEB_ADDRESS = Text(
    "si es una dirección web, escriba «https://{address}»", "if it is a web address, write “https://{address}”"
)
_MAIL_ADDRESS = Text(
    "si es un correo, escriba «mailto:{target}»", "if it is an e-mail address, write “mailto:{target}”"
)
_ON_A_DISK = Text(
    "es un archivo de su computadora: guárdelo en la carpeta de la ficha, «{folder}/»",
    "it is a file of your computer: save it in the record's folder, “{folder}/”",
)
_LINKED_LIKE_THIS = Text(
    "guárdelo en la carpeta de esta ficha y enlácelo así: «{nearest}»",
    "save it in this record's folder and link it like this: “{nearest}”",
)
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_LIKE_WEB = re.compile(r"https?/|www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|edu|gob|info|net|org|pe)(?:/|$)", re.IGNORECASE)
_LIKE_MAIL = re.compile(r"[^\s/@]+@[^\s/@]+\.\w+")
_LONGEST_TARGET = 80


def check(repository: Repository) -> Iterator[Diagnostic]:
    for record, document in repository.shown():
        for link in record.body.links:
            if not _SCHEME.match(link.target) and not link.target.startswith("//"):
                yield from _relative(repository, record, document, link)


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    for link in record.body.links:
        yield from _link(record, document, link)


def _link(record: Record, document: Places, link: Link) -> Iterator[Diagnostic]:
    span, shown = in_body(document, link.span), _short(link.target)
    if link.is_image and not link.text:
        yield NO_ALT_TEXT.at(document.source, span, target=shown)
    scheme = _SCHEME.match(link.target)
    remote = bool(scheme) or link.target.startswith("//")
    if scheme and (scheme[1].lower() == "file" or len(scheme[1]) == 1):
        yield BAD_SCHEME.at(document.source, span, hint=_ON_A_DISK, target=shown, folder=record.folder)
    elif link.is_image and remote:
        yield REMOTE_IMAGE.at(document.source, span, target=shown)
    elif scheme and scheme[1].lower() not in ("http", "https", "mailto"):
        yield BAD_SCHEME.at(document.source, span, target=shown)


def _relative(repository: Repository, record: Record, document: Places, link: Link) -> Iterator[Diagnostic]:
    span = in_body(document, link.span)
    target = link_target(document.source.path, link) or Target(record.path, link.target.lstrip("#"))
    if target.path is None:
        yield _outside(repository, document, link, span)
        return
    other_id = repository.library.by_path.get(target.path)
    if other_id is not None and link.target:
        other = repository.library.records[other_id]
        if is_withheld(other) and _goes_out(record, link):
            yield PRIVATE_REFERENCE.at(document.source, span, id=other_id)
        elif target.anchor:
            is_own = target.path == record.path
            shown = record if is_own else repository.library.shown(other, record.origin.shown_in)
            yield from _anchor(document, span, target, {heading.anchor for heading in shown.body.headings})
    elif not link.target or not (link.is_image or _is_attachment(target.path, link)):
        is_footnote = FOOTNOTE.fullmatch(document.source.text, span.start, span.end)  # said where the note is
        if target.path not in repository.assembly.broken and not is_footnote:
            yield _broken_link(repository, document, link, span)
    elif link.is_image and target.path in repository.library.data.figures:
        yield from _figure(document, span, link)
    elif not _is_there(repository, target.path, link):
        yield _missing_attachment(repository, record, document, span, target.path)
    else:
        library = repository.library
        owner = library.records.get(library.by_path.get(f"{posixpath.dirname(target.path)}.md", ""))
        if owner and owner.status != "draft" and not shows_attachments(owner, "public") and _goes_out(record, link):
            yield PRIVATE_REFERENCE.at(document.source, span, id=owner.id)


def _goes_out(record: Record, link: Link) -> bool:
    """Whether the public edition has the link."""
    face = face_of(record, "public")
    return face is not None and link in face.body.links


def _is_there(repository: Repository, path: str, link: Link) -> bool:
    if path in repository.library.data.tables:
        return not link.is_image
    return path in repository.assets or path in repository.assembly.broken


def _figure(document: Places, span: Span, link: Link) -> Iterator[Diagnostic]:
    before, after = document.source.text[: span.start], document.source.text[span.end :]
    if not re.search(r"\n[ \t]*\n\Z", before) or not re.match(r"[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)", after):
        yield NOT_ALONE.at(document.source, span, target=_short(link.target))


def _outside(repository: Repository, document: Places, link: Link, span: Span) -> Diagnostic:
    path, _, anchor = link.target.lstrip("/").partition("#")
    known = path in repository.library.by_path or path in repository.assets
    if not known and (record := _at_address(repository, path, anchor)):
        known, path, anchor = True, record, anchor if posixpath.basename(record) != f"{anchor}.md" else ""
    better = posixpath.relpath(path or ".", posixpath.dirname(document.source.path)) + (f"#{anchor}" if anchor else "")
    return OUTSIDE.at(
        document.source, span, hint=DID_YOU_MEAN if known else None, target=_short(link.target), nearest=better
    )


def _at_address(repository: Repository, path: str, anchor: str) -> str | None:
    """The file of the record whose page's address was pasted: `casos/agua/`, `glosario/#canon`."""
    names = [f"/{name}.md" for name in (posixpath.basename(path.rstrip("/")), anchor) if name]
    return next((file for name in names for file in sorted(repository.library.by_path) if file.endswith(name)), None)


def _is_attachment(path: str, link: Link) -> bool:
    looks_elsewhere = _LIKE_WEB.match(link.target) or _LIKE_MAIL.match(link.target)
    return posixpath.splitext(path)[1] not in (".md", "") and not looks_elsewhere


def _broken_link(repository: Repository, document: Places, link: Link, span: Span) -> Diagnostic:
    hint, better = None, ""
    if not link.target:
        hint = _NO_ADDRESS
    elif _LIKE_MAIL.match(link.target):
        hint = _MAIL_ADDRESS
    elif _LIKE_WEB.match(link.target):
        hint = _WEB_ADDRESS
    else:
        name = posixpath.basename(link.target.replace("\\", "/").rstrip("/")).removesuffix(".md")
        stems = {path: (posixpath.basename(path).removesuffix(".md"),) for path in repository.library.by_path}
        guess = nearest(name, stems)
        if guess:
            hint, better = DID_YOU_MEAN, posixpath.relpath(guess, posixpath.dirname(document.source.path))
    address = re.sub(r"^https?[:/]*", "", link.target)
    return BROKEN_LINK.at(document.source, span, hint=hint, target=_short(link.target), address=address, nearest=better)


def _missing_attachment(repository: Repository, record: Record, document: Places, span: Span, path: str) -> Diagnostic:
    """`path` from the top of the repository, as a link in the text leads to it."""
    here, folder, name = posixpath.dirname(document.source.path), record.folder, posixpath.basename(path)
    data = repository.library.data
    known = (*repository.assets, *data.tables, *data.figures)
    beside = [file for file in known if posixpath.dirname(file) in (folder, DATA)]
    guess = nearest(name, {asset: (posixpath.basename(asset),) for asset in beside})
    if path in data.tables or path in data.figures:
        hint = _TABLE_IS_LINKED if path in data.tables else _FIGURE_IS_SHOWN
    elif guess:
        hint = DID_YOU_MEAN
    else:
        hint = MISSING_ATTACHMENT.hint if posixpath.dirname(path) == folder else _LINKED_LIKE_THIS
    better = posixpath.relpath(guess or f"{folder}/{name}", here)
    return MISSING_ATTACHMENT.at(document.source, span, hint=hint, path=_short(path), folder=folder, nearest=better)


def _anchor(document: Places, span: Span, target: Target, anchors: set[str]) -> Iterator[Diagnostic]:
    if target.anchor not in anchors:
        shown = ", ".join(f"#{anchor}" for anchor in sorted(anchors)) or "—"
        guess = nearest(target.anchor, dict.fromkeys(anchors, ()))
        yield BROKEN_ANCHOR.at(
            document.source,
            span,
            hint=DID_YOU_MEAN if guess else None,
            path=target.path or "",
            anchor=_short(target.anchor),
            anchors=_short(shown),
            nearest=f"#{guess}",
        )


def _short(target: str) -> str:
    """An image pasted into the text is an address of a million characters."""
    return target if len(target) <= _LONGEST_TARGET else f"{target[:_LONGEST_TARGET]}…"
