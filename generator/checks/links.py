"""Links and images in a body: that what they point at is there, and may be published."""

import posixpath
import re
from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.nearest import nearest
from generator.base.text import Span, Text
from generator.checks.identity import PRIVATE_REFERENCE
from generator.library.references import Target, link_target
from generator.library.repository import Repository, in_body
from generator.model.record import Record
from generator.reading.frontmatter import Document
from generator.reading.markdown import Link

BROKEN_LINK = Rule(
    "KB701",
    "broken-link",
    Severity.ERROR,
    Text("el enlace «{target}» no lleva a ningún archivo", "link “{target}” leads to no file"),
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
    Text("guárdelo en la carpeta «{folder}/», junto a la ficha", "save it in folder “{folder}/”, beside the record"),
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
    Text("«{target}» sale de las carpetas del repositorio", "“{target}” leaves the repository's folders"),
    Text(
        "use una ruta relativa a este archivo, sin «/» inicial",
        "use a path relative to this file, without a leading “/”",
    ),
)
REMOTE_IMAGE = Rule(
    "KB708",
    "remote-image",
    Severity.ERROR,
    Text("la imagen «{target}» está en otro sitio web", "image “{target}” is on another website"),
    Text(
        "guárdela en la carpeta de la ficha: la página no pide nada a terceros",
        "save it in the record's folder: the page asks nothing of third parties",
    ),
)
BAD_SCHEME = Rule(
    "KB709",
    "link-not-allowed",
    Severity.ERROR,
    Text("el enlace «{target}» no es http, https ni mailto", "link “{target}” is not http, https or mailto"),
    Text("escriba la dirección completa, con «https://»", "write the whole address, with “https://”"),
)

_DID_YOU_MEAN = Text("¿quiso decir «{nearest}»?", "did you mean “{nearest}”?")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def check(repository: Repository) -> Iterator[Diagnostic]:
    for record, document in repository.shown():
        yield from _files_of_fields(repository, record)
        for link in record.body.links:
            yield from _link(repository, record, document, link)


def _link(repository: Repository, record: Record, document: Document, link: Link) -> Iterator[Diagnostic]:
    span = in_body(document, link.span)
    if link.is_image and not link.text:
        yield NO_ALT_TEXT.at(document.source, span, target=link.target)
    scheme = _SCHEME.match(link.target)
    remote = bool(scheme) or link.target.startswith("//")
    if link.is_image and remote:
        yield REMOTE_IMAGE.at(document.source, span, target=link.target)
        return
    if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
        yield BAD_SCHEME.at(document.source, span, target=link.target)
        return
    if not remote:
        yield from _relative(repository, record, document, link, span)


def _relative(
    repository: Repository, record: Record, document: Document, link: Link, span: Span
) -> Iterator[Diagnostic]:
    target = link_target(document.source.path, link) or Target(record.path, link.target.lstrip("#"))
    if target.path is None:
        yield OUTSIDE.at(document.source, span, target=link.target)
        return
    other_id = repository.library.by_path.get(target.path)
    if other_id is not None:
        other = repository.library.records[other_id]
        if record.is_public and not other.is_public:
            yield PRIVATE_REFERENCE.at(document.source, span, id=other_id)
        elif target.anchor:
            shown = record if target.path == record.path else other
            yield from _anchor(document, span, target, {heading.anchor for heading in shown.body.headings})
        return
    if target.path in repository.assets or target.path in repository.assembly.broken:
        return
    folder, suffix = posixpath.split(target.path)[0], posixpath.splitext(target.path)[1]
    if link.is_image or suffix not in (".md", ""):
        yield MISSING_ATTACHMENT.at(document.source, span, path=target.path, folder=folder)
        return
    guess = nearest(
        posixpath.basename(target.path), {path: (posixpath.basename(path),) for path in repository.library.by_path}
    )
    hint = _DID_YOU_MEAN if guess else None
    better = posixpath.relpath(guess, posixpath.dirname(document.source.path)) if guess else ""
    yield BROKEN_LINK.at(document.source, span, hint=hint, target=link.target, nearest=better)


def _anchor(document: Document, span: Span, target: Target, anchors: set[str]) -> Iterator[Diagnostic]:
    if target.anchor not in anchors:
        shown = ", ".join(f"#{anchor}" for anchor in sorted(anchors)) or "—"
        yield BROKEN_ANCHOR.at(document.source, span, path=target.path or "", anchor=target.anchor, anchors=shown)


def _files_of_fields(repository: Repository, record: Record) -> Iterator[Diagnostic]:
    """Files named by fields lie in the record's own folder."""
    if record.origin.translation_path:
        return
    folder = f"{posixpath.dirname(record.path)}/{record.id}"
    image = getattr(record, "image", None)
    named = [(["sources", index, "file"], cited.file) for index, cited in enumerate(record.sources) if cited.file]
    if image:
        named.append((["image", "file"], image.file))
    for location, name in named:
        path = posixpath.normpath(posixpath.join(folder, name or ""))
        source, span = repository.place(record, location)
        if not path.startswith(f"{folder}/"):
            yield OUTSIDE.at(source, span, target=name or "")
        elif path not in repository.assets:
            yield MISSING_ATTACHMENT.at(source, span, path=path, folder=folder)
