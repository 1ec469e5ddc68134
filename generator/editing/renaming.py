"""Another id for a record: its files move, its old address stays alive, whoever refers to it says the new name."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from generator.base.text import Edit, Source, Span, edited
from generator.checking import Checked, Checker
from generator.editing.changes import Changes
from generator.library.decoded import content_version
from generator.library.naming import original_path, record_id
from generator.library.references import field_references, link_target
from generator.model.record import Record
from generator.reading.characters import as_written
from generator.reading.frontmatter import Places
from generator.reading.outline import Link


def renamed(checker: Checker, checked: Checked, record: Record, new: str) -> Changes:
    """What a new id changes. The records must be without errors: nobody knows whom the others name."""
    edits: dict[str, set[Edit]] = {}
    for other in checked.assembly.records.values():
        places = checked.assembly.places[other.path]
        edits.setdefault(other.path, set()).update(_in_fields(other, places, record.id, new))
    for shown in (*checked.assembly.records.values(), *checked.assembly.translated.values()):
        path = shown.file
        edits.setdefault(path, set()).update(_in_body(shown, checked.assembly.places[path], record, new))
    edits[record.path] |= {_alias(record, checked.assembly.places[record.path])}
    moved = {
        path: f"{posixpath.dirname(path)}/{posixpath.basename(path).replace(record.id, new, 1)}"
        for path in checked.assembly.places
        if original_path(path) == record.path
    }
    folders = [(record.folder, f"{posixpath.dirname(record.path)}/{new}")]
    has_folder = any(asset.startswith(f"{record.folder}/") for asset in checked.assets)
    before = {path: checker.reader.data(path) for path, found in edits.items() if found}
    return Changes(
        {moved.get(path, path): data for path, data in before.items()},
        {moved.get(path, path): edited(as_written(data), edits[path]).encode() for path, data in before.items()},
        (*sorted(moved.items()), *(folders if has_folder else ())),
    )


def still_current(checker: Checker, before: Checked, after: Checked, former: Mapping[str, str]) -> Changes:
    """A new name is nothing to translate: translations that were current say so of the record as it is now."""
    old: dict[str, bytes] = {}
    new: dict[str, bytes] = {}
    for (now, lang), shown in after.assembly.translated.items():
        was = before.assembly.translated.get((former.get(now, now), lang))
        path = shown.origin.translation_path
        if path and shown.origin.stale and was and not was.origin.stale:
            version = content_version(after.assembly.records[now])
            place = after.assembly.places[path].at(["translated_from"])
            old[path] = checker.reader.data(path)
            new[path] = edited(as_written(old[path]), [Edit(place, version)]).encode()
    return Changes(old, new)


def _in_fields(other: Record, places: Places, old: str, new: str) -> Iterator[Edit]:
    for reference in field_references(other):
        if reference.id == old:
            span = places.at(reference.location)
            # Quotes stay: what they hold is the id.
            start = places.source.text.index(old, span.start)
            yield Edit(Span(start, start + len(old)), new)


def _in_body(shown: Record, places: Places, record: Record, new: str) -> Iterator[Edit]:
    """Links to its files, wherever their targets stand: in the link or in a definition at the end of the text."""
    for written, link in {link.target: link for link in shown.body.links}.items():
        if better := _target(places.source, link, record, new):
            for found in re.finditer(rf"(?<=[(<\s]){re.escape(written)}(?=[)>\s])", places.text):
                start = places.body.start + found.start()
                yield Edit(Span(start, start + len(written)), better)


def _target(source: Source, link: Link, record: Record, new: str) -> str | None:
    """The target of a link with the new name; None where it leads elsewhere."""
    target = link_target(source.path, link)
    if target is None or target.path is None:
        return None
    path, mark, anchor = link.target.partition("#")
    head, slash, name = path.rpartition("/")
    if target.path.startswith(f"{record.folder}/"):
        depth = target.path.removeprefix(record.folder).count("/")
        steps = path.split("/")
        place = len(steps) - depth - 1
        if place < 0 or unquote(steps[place]) != record.id:
            return None
        return "/".join([*steps[:place], new, *steps[place + 1 :]]) + mark + anchor
    is_its = target.path.endswith(".md") and original_path(target.path) == record.path
    return f"{head}{slash}{name.replace(record.id, new, 1)}{mark}{anchor}" if is_its else None


def _alias(record: Record, places: Places) -> Edit:
    """The old id before the first alias, in the form of its list; or a field of its own at the end of the block."""
    old = record_id(record.path)
    if not record.aliases:
        return Edit(Span(places.block.end, places.block.end), f"aliases: [{old}]\n")
    first = places.at(["aliases", 0])
    if places.source.text.startswith("[", places.at(["aliases"]).start):
        return Edit(Span(first.start, first.start), f"{old}, ")
    indent = " " * (places.source.position(first.start).column - 3)
    return Edit(Span(first.start, first.start), f"{old}\n{indent}- ")
