"""What an edition may see. Selection happens here, once, before anything is rendered, and is closed by default."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import Any, Literal, TypeVar

from generator.base.text import Lang
from generator.library.assemble import Assembly
from generator.library.graph import Library, relate
from generator.model.fields import about_of
from generator.model.record import Record
from generator.reading.markdown import Body
from generator.records.minutes import Minutes

Edition = Literal["public", "members"]
EDITIONS: tuple[Edition, ...] = ("public", "members")

Kind = TypeVar("Kind", bound=Record)


def select(assembly: Assembly, assets: Iterable[str], edition: Edition) -> Library:
    """The library of an edition: it holds nothing that the edition may not show."""
    visible = {record_id: record for record_id, record in assembly.records.items() if may_show(record, edition)}
    records = [_shown(record, edition) for record in visible.values()]
    translated: dict[tuple[str, Lang], Record] = {
        key: _shown(record, edition) for key, record in assembly.translated.items() if key[0] in visible
    }
    folders = {str(PurePosixPath(record.path).parent / record.id) for record in visible.values()}
    kept = [asset for asset in assets if str(PurePosixPath(asset).parent) in folders]
    return relate(records, translated, assembly.vocabularies, kept, assembly.data)


def may_show(record: Record, edition: Edition) -> bool:
    """Drafts are in no edition; the public one holds what says it is public, and no confidential or draft minutes."""
    if record.status == "draft":
        return False
    if edition == "members":
        return True
    if isinstance(record, Minutes) and (record.rule == "confidential" or record.minutes_status == "draft"):
        return False
    return record.is_public


def _shown(record: Kind, edition: Edition) -> Kind:
    if edition == "members":
        return record
    closed = _members_only(type(record))
    if isinstance(record, Minutes) and record.rule == "chatham-house":
        # What was discussed is the body: under this rule only what was agreed goes out.
        return record.model_copy(update={**closed, **_unattributed(record)}).with_body(Body(""))
    if all(getattr(record, name) == value for name, value in closed.items()):
        return record  # the same object: what did not change is seen by its identity
    return record.model_copy(update=closed)


@cache
def _members_only(cls: type[Record]) -> Mapping[str, Any]:
    """The fields of a type that the public edition never shows, each with the value that says nothing."""
    fields = cls.model_fields.items()
    return {
        name: field.get_default(call_default_factory=True) for name, field in fields if about_of(field).members_only
    }


def _unattributed(minutes: Minutes) -> Mapping[str, Any]:
    """Under the Chatham House rule: no organisations, no authorship; counts by sector only, without the smallest."""
    nobody = tuple(
        agreement.model_copy(update={"responsible": (), "supporting": ()}) for agreement in minutes.agreements
    )
    attendance = minutes.attendance
    if attendance:
        attendance = attendance.model_copy(update={"organizations": (), "women": None, "men": None})
    hidden: tuple[str, ...] = ("organizations", "authors", "amendments", "unknowns")  # written freely: may attribute
    return {**dict.fromkeys(hidden, ()), "agreements": nobody, "attendance": attendance}
