"""What an edition may see. Selection happens here, once, before anything is rendered, and is closed by default."""

import posixpath
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.base.text import Edit, Lang, Span
from generator.library.assemble import Assembly
from generator.library.graph import Library, relate
from generator.library.references import leads_of, link_target
from generator.model.data import Chart, Data
from generator.model.fields import about_of, is_list, marks_of, part_in
from generator.model.kinds import Reference
from generator.model.record import Record
from generator.reading.markdown import Body
from generator.records.minutes import Minutes

Edition = Literal["public", "members"]
EDITIONS: tuple[Edition, ...] = ("public", "members")
FEW = 3
"""A count of people below it is not published under the Chatham House rule."""

Kind = TypeVar("Kind", bound=Record)
Model = TypeVar("Model", bound=BaseModel)


def select(assembly: Assembly, assets: Iterable[str], edition: Edition) -> Library:
    """The library of an edition: it holds nothing that the edition may not show, and leads to nothing else.

    The vocabularies are public but for terms that say otherwise; who uses a term is not.
    """
    faces = {record_id: face for record_id, record in assembly.records.items() if (face := face_of(record, edition))}
    translated: dict[tuple[str, Lang], Record] = {
        key: face for key, record in assembly.translated.items() if (face := face_of(record, edition))
    }
    folders = {record.folder for record in assembly.records.values() if shows_attachments(record, edition)}
    kept = frozenset(asset for asset in assets if posixpath.dirname(asset) in folders)
    known = {*faces, *(alias for record in faces.values() for alias in record.aliases)}
    data = assembly.data if edition == "members" else _shown(assembly.data, [*faces.values(), *translated.values()])
    paths = {*kept, *data.tables, *data.figures, *(record.path for record in faces.values())}
    records = [_leading_only_to(record, known, paths) for record in faces.values()]
    both = {key: _leading_only_to(record, known, paths) for key, record in translated.items()}
    if edition == "public":
        vocabularies = {name: vocabulary.public for name, vocabulary in assembly.vocabularies.items()}
        return relate(records, both, vocabularies, kept, data)
    library = relate(records, both, assembly.vocabularies, kept, data)
    drafts = sum(record.status == "draft" for record in assembly.records.values())
    return replace(library, for_members=True, drafts=drafts)


def _shown(data: Data, records: Iterable[Record]) -> Data:
    """The figures and tables that some records show or link, and the tables that those figures are drawn from."""
    linked = {path for record in records for path in leads_of(record).paths}
    figures = {path: figure for path, figure in data.figures.items() if path in linked}
    drawn = {
        name for figure in figures.values() if isinstance(figure, Chart) for name in (*figure.plotted, *figure.listed)
    }
    tables = {
        path: table
        for path, table in data.tables.items()
        if path in linked or any(point.measure in drawn for point in table.points)
    }
    return Data(tables, figures)


def may_show(record: Record, edition: Edition) -> bool:
    """Drafts are in no edition; the public one holds what says it is public, and no confidential or draft minutes."""
    if record.status == "draft":
        return False
    return edition == "members" or (record.visibility == "public" and not _keeps_inside(record))


def is_withheld(record: Record) -> bool:
    """Whether it is for members only. A draft is for nobody yet: references to it are left out, and wait for it."""
    return record.status != "draft" and not may_show(record, "public")


def shows_attachments(record: Record, edition: Edition) -> bool:
    """Under the Chatham House rule the files of a meeting stay inside: nobody can tell what they attribute to whom."""
    return may_show(record, edition) and (edition == "members" or not _under_rule(record))


def face_of(record: Kind, edition: Edition) -> Kind | None:
    """The record as an edition has it: without what is closed there; None where the edition does not have it.

    The Chatham House Rule: "participants are free to use the information received, but neither the identity nor the
    affiliation of the speaker(s), nor that of any other participant, may be revealed" (chathamhouse.org). So only
    fields that declare themselves `unattributed` go out, and the text is replaced by the field `public_summary`.
    """
    if not may_show(record, edition):
        return None
    if edition == "members":
        return record
    under_rule = _under_rule(record)
    face = _open(record, under_rule=under_rule)
    if face is record and not under_rule:
        return record  # the same object: what did not change is seen by its identity
    if isinstance(face, Minutes) and under_rule:
        face = face.model_copy(update=_counts_withheld(face))
    # A body of its own: the author's holds the whole file, with what was closed.
    return face.with_body(Body("" if under_rule else record.body.text))


def _keeps_inside(record: Record) -> bool:
    """Minutes that are confidential or unfinished, whatever their visibility. Ours are drafts unless they say more."""
    if not isinstance(record, Minutes):
        return False
    unsaid = "draft" if record.body_of != "external" else None
    return record.rule == "confidential" or (record.minutes_status or unsaid) == "draft"


def _under_rule(record: Record) -> bool:
    return isinstance(record, Minutes) and record.rule == "chatham-house"


def _counts_withheld(minutes: Minutes) -> Mapping[str, Any]:
    """A sector's count below three goes out as «<3», and nothing else that counts people.

    A small count points at people (primary suppression by threshold). A total would give it back by subtraction,
    above all where it is the only one missing, unless a second count is hidden too (secondary suppression). Here no
    margin goes out at all, neither the total nor women and men: no sum holds a hidden count, none needs a second one.
    See Hundepool et al., “Handbook on Statistical Disclosure Control” (ESSnet SDC, 2010), chapter 4.
    """
    counted = minutes.attendance
    if counted is None:
        return {}
    large = {sector: count for sector, count in counted.by_sector.items() if count >= FEW}
    small = sorted({*counted.few, *counted.by_sector} - large.keys())
    return {"attendance": counted.model_copy(update={"by_sector": large, "few": tuple(small)})}


def _open(part: Model, *, under_rule: bool) -> Model:
    """A part without its closed fields, however deep; the same object if none of them says anything."""
    closed, groups = _closed(type(part), under_rule)
    changes: dict[str, Any] = {name: nothing for name, nothing in closed.items() if getattr(part, name) != nothing}
    for name in groups:
        value = getattr(part, name)
        inner = value if isinstance(value, tuple) else (value,)
        opened = tuple(_open(entry, under_rule=under_rule) if entry is not None else None for entry in inner)
        if any(now is not was for now, was in zip(opened, inner, strict=True)):
            changes[name] = opened if isinstance(value, tuple) else opened[0]
    return part.model_copy(update=changes) if changes else part


@cache
def _closed(model: type[BaseModel], under_rule: bool) -> tuple[Mapping[str, Any], tuple[str, ...]]:  # noqa: FBT001
    """The closed fields of a part, each with the value that says nothing, and its groups that hold closed ones."""
    closed: dict[str, Any] = {}
    groups: list[str] = []
    for name, field in model.model_fields.items():
        told, part = about_of(field), part_in(model, name)
        if told.members_only or (under_rule and not told.unattributed):
            closed[name] = _nothing(name, field)
        elif part and any(_closed(part, under_rule)):
            groups.append(name)
    return closed, tuple(groups)


def _nothing(name: str, field: FieldInfo) -> Any:
    if not field.is_required():
        return field.get_default(call_default_factory=True)
    if is_list(field):
        return ()
    assert type(None) in get_args(field.annotation), f"«{name}» cannot be closed: it cannot be empty"  # noqa: S101
    return None


def _leading_only_to(record: Kind, known: set[str], paths: set[str]) -> Kind:
    """The record without the references and links that lead to what the edition does not have."""
    leads = leads_of(record)
    if known.issuperset(leads.ids) and paths.issuperset(leads.paths):
        return record
    bare = record if known.issuperset(leads.ids) else _without_references(record, known)
    edits = [
        edit
        for link in record.body.links
        if (target := link_target(record.file, link)) and target.path not in paths
        for edit in (
            Edit(Span(link.span.start, link.span.start + (2 if link.is_image else 1)), ""),
            Edit(Span(link.label_end, link.span.end), ""),
        )
    ]
    return bare.with_body(record.body.edited(edits))


def _without_references(part: Model, known: Container[str]) -> Model:
    changes: dict[str, Any] = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        inner = value if isinstance(value, tuple) else (value,)
        if any(marks_of(field.annotation, field.metadata, Reference)):
            kept = tuple(entry for entry in inner if entry in known)
        elif part_in(type(part), name) and value:
            kept = tuple(_without_references(entry, known) for entry in inner)
        else:
            continue
        changes[name] = kept if isinstance(value, tuple) else next(iter(kept), None)
    return part.model_copy(update=changes)
