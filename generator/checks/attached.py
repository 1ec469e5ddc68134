"""Files beside the records: that each is somebody's, and that those which fields name are there."""

import posixpath
from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic
from generator.base.nearest import DID_YOU_MEAN, nearest
from generator.base.text import Source, Span, Text
from generator.checks.links import MISSING_ATTACHMENT, OUTSIDE
from generator.library.repository import Repository
from generator.model.record import Record
from generator.reading.frontmatter import Location
from generator.reading.places import UNKNOWN_FOLDER

_ONLY_THE_NAME = Text(
    "guarde el archivo en la carpeta de la ficha y escriba solo su nombre",
    "save the file in the record's folder and write just its name",
)
_NOBODYS = Text("ninguna ficha se llama como esta carpeta", "no record has the name of this folder")
_NOBODYS_NEAREST = Text(
    "ninguna ficha se llama como esta carpeta: ¿quiso decir «{nearest}»?",
    "no record has the name of this folder: did you mean “{nearest}”?",
)


def check(repository: Repository) -> Iterator[Diagnostic]:
    yield from _of_nobody(repository)
    for record, _ in repository.shown():
        yield from _of_fields(repository, record)


def _of_nobody(repository: Repository) -> Iterator[Diagnostic]:
    """Attachments in a folder that is named after no record: a record was renamed, or the folder misspelt."""
    paths = {path for path in (*repository.library.by_path, *repository.assembly.broken) if path.endswith(".md")}
    folders = {path.removesuffix(".md"): (posixpath.basename(path).removesuffix(".md"),) for path in paths}
    for path in repository.assets:
        folder = posixpath.dirname(path)
        if folder not in folders:
            guess = nearest(posixpath.basename(folder), folders)
            hint = _NOBODYS_NEAREST if guess else _NOBODYS
            yield UNKNOWN_FOLDER.at(Source(path, ""), Span(0, 0), hint=hint, folder=folder, nearest=f"{guess}/")


def _of_fields(repository: Repository, record: Record) -> Iterator[Diagnostic]:
    """Files named by fields lie in the record's own folder."""
    if record.origin.translation_path:
        return
    folder = record.folder
    image = getattr(record, "image", None)
    named: list[tuple[Location, str]] = [
        (["sources", index, "file"], cited.file) for index, cited in enumerate(record.sources) if cited.file
    ]
    if image:
        named.append((["image", "file"], image.file))
    for location, name in named:
        path = posixpath.normpath(posixpath.join(folder, name))
        source, span = repository.place(record, location)
        if not path.startswith(f"{folder}/"):
            yield OUTSIDE.at(source, span, hint=_ONLY_THE_NAME, target=name)
        elif path not in repository.assets:
            beside = {posixpath.basename(asset): () for asset in repository.assets if asset.startswith(f"{folder}/")}
            guess = nearest(name, beside)
            hint = DID_YOU_MEAN if guess else None
            yield MISSING_ATTACHMENT.at(source, span, hint=hint, path=path, folder=folder, nearest=guess or "")
