"""The file of a translation: what is to be translated, marked so; and what changed since one was made."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from generator.base.text import Lang, Source, Text
from generator.editing.changes import difference
from generator.editors.template import as_yaml
from generator.library.decoded import content_version, decode_original
from generator.model.fields import about_of, part_in
from generator.model.record import Record
from generator.model.translation import translation_of
from generator.model.vocabulary import Vocabularies

_MARK = Text(
    "TODO: traduzca «{name}» ({label}) y borre esta línea", "TODO: translate “{name}” ({label}) and delete this line"
)
_BODY_MARK = Text("TODO: traduzca esta parte y borre esta línea.", "TODO: translate this part and delete this line.")


def translation_text(record: Record, to: Lang) -> str:
    """The original's words, to be typed over; a mark before each, that `kb check` does not let pass."""
    cls = translation_of(type(record))
    fields = []
    for name, field in type(record).model_fields.items():
        told = about_of(field)
        is_asked = name in cls.model_fields and not told.proper_name
        if is_asked and (value := _words(getattr(record, name), cls, name)):
            fields.append(f"# {_MARK.to(to).format(name=name, label=told.label.to(to))}\n{as_yaml({name: value})}")
    state = as_yaml({"translation": "human", "translated_from": content_version(record)})
    return f"---\n{state}{''.join(fields)}---\n{_body(record, to)}"


def _words(value: Any, cls: type[BaseModel], name: str) -> Any:
    """What of a field is translated: text, a list of texts; of groups, the part that is; None where nothing is."""
    part = part_in(cls, name)
    if part is None:
        return [str(text) for text in value] if isinstance(value, tuple) else value
    if isinstance(value, tuple):
        entries = [_group(entry, part) for entry in value]
        return entries if any(entries) else None
    return _group(value, part) if value is not None else None


def _group(value: BaseModel, part: type[BaseModel]) -> dict[str, Any]:
    asked = [name for name in part.model_fields if not about_of(type(value).model_fields[name]).proper_name]
    found = {name: _words(getattr(value, name), part, name) for name in asked}
    return {name: words for name, words in found.items() if words}


def _body(record: Record, to: Lang) -> str:
    """The original's text, the titles of its sections in the other language."""
    titles = {section.to(record.origin.shown_in): section.to(to) for section in record.kind.sections}
    if not record.body.text.strip():
        return ""
    lines = record.body.text.strip("\n").split("\n")
    starts = {line for line in lines if line.startswith("## ")}
    marked: list[str] = [] if starts else [_BODY_MARK.to(to), ""]
    for line in lines:
        marked.append(f"## {titles.get(line[3:].strip(), line[3:])}" if line in starts else line)
        marked += ["", _BODY_MARK.to(to)] if line in starts else []
    return "\n" + "\n".join(marked) + "\n"


def changed_since(source: Source, version: str, before: Iterable[str], vocabularies: Vocabularies) -> str | None:
    """A unified diff of an original since the version that was translated; None if no former text is that version."""
    for text in before:
        record = decode_original(Source(source.path, text), vocabularies).record
        if record and content_version(record) == version:
            return "".join(difference(source.path, text, source.text))
    return None
