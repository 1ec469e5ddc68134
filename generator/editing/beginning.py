"""A new record: what was answered, what is still to be written, the name of its file; and it is put in its place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from generator.base.diagnostics import Diagnostic
from generator.base.nearest import named
from generator.base.text import Lang, Source, Text, edited, plain, slug
from generator.checking import Checked, Checker
from generator.editing.changes import Changes
from generator.editing.mending import mend
from generator.editing.writing import write
from generator.editors.template import PlainDumper, first_fields, heading_field
from generator.library.graph import Library, names_of_records, relate
from generator.library.naming import record_id
from generator.model.decoding import MISSING_FIELD, decode, written
from generator.model.fields import about_of
from generator.model.guesses import date_meant, moment_meant
from generator.model.record import Record
from generator.model.shape import FieldShape
from generator.reading.characters import FORBIDDEN
from generator.reading.frontmatter import read_document
from generator.reading.places import better_name
from generator.records.minutes import Minutes
from generator.records.page import Page

Names = Mapping[str, tuple[str, ...]]
MOST_SHOWN = 12
_ONE_LINE = 10_000
_MOST_OF_A_NAME = 200

_SEVERAL = Text("«{typed}» puede ser: {names}", "“{typed}” may be: {names}")
_NONE = Text("«{typed}» no es ninguna de las opciones: {names}", "“{typed}” is none of the choices: {names}")
_EXAMPLE = Text("Por ejemplo", "For example")
NOTHING_MISSING = Text("No le falta nada de lo que se comprueba.", "Nothing that is checked is missing.")


@dataclass(frozen=True, slots=True)
class Answer:
    """The field's line as YAML, or why what was typed cannot be read."""

    line: str = ""
    complaint: str = ""


def fields_to_ask(cls: type[Record]) -> list[str]:
    """The fields that a first record has, its words first."""
    return sorted(first_fields(cls), key=lambda name: not about_of(cls.model_fields[name]).translatable)


def names_in(field: FieldShape, checked: Checked) -> Names:
    """What may be answered to a field that takes terms, choices or records: ids, each with its names."""
    one = field.one
    if one.types is not None:
        return names_of_records(whole_library(checked), one.types)
    words = () if one.yes else one.terms(checked.assembly.vocabularies)
    return {word: (label.es, label.en) for word, label in words}


def whole_library(checked: Checked) -> Library:
    """All records without errors, drafts too: for those who edit."""
    assembly = checked.assembly
    return relate(assembly.records.values(), assembly.translated, assembly.vocabularies, (), assembly.data)


def today() -> date:
    """The day of whoever sits there, unless SOURCE_DATE_EPOCH says it: a deadline does not wait for a commit."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")  # the command line has looked that it holds digits
    return (datetime.fromtimestamp(int(stamp), UTC) if stamp else datetime.now().astimezone()).date()


def completed(typed: str, names: Names) -> list[str]:
    """The ids that a part of an id or of a name may mean, typed without accents or with."""
    if sure := named(typed, names):
        return [sure]
    wanted = plain(typed).strip()
    return [key for key, others in names.items() if any(wanted in plain(name) for name in (key, *others))]


def answer(cls: type[Record], field: FieldShape, typed: str, checked: Checked, lang: Lang) -> Answer:
    """What was typed for a field: lists with commas, groups in brackets as in YAML, texts as they are."""
    typed = " ".join(FORBIDDEN.sub("", typed).split())
    if typed[:1] in ("[", "{") and (field.many or field.one.part):
        return _read(cls, f"{field.name}: {typed}\n", checked, lang)
    parts = [part.strip() for part in typed.split(",") if part.strip()] if field.many else [typed]
    if names := names_in(field, checked):
        for index, part in enumerate(parts):
            found = completed(part, names)
            if len(found) != 1:
                shown = ", ".join(f"{key} ({names[key][0]})" for key in (found or [*names])[:MOST_SHOWN])
                return Answer(complaint=(_SEVERAL if found else _NONE).to(lang).format(typed=part, names=shown))
            parts[index] = found[0]
    return _read(cls, _line(field.name, parts if field.many else parts[0]), checked, lang)


def _read(cls: type[Record], line: str, checked: Checked, lang: Lang) -> Answer:
    """The line, mended where that is sure; or what would be said of it."""
    said = None
    for _ in range(2):
        source = Source(f"{cls.kind.folder}/x.md", f"---\n{line}---\n")
        document, problems = read_document(source)
        if document and not problems:
            problems = decode(document, cls, checked.assembly.vocabularies)[1]
        said = next((found for found in problems if found.rule is not MISSING_FIELD), None)
        if said is None or not said.fix:
            break
        line = edited(source.text, said.fix).removeprefix("---\n").removesuffix("---\n")
    return Answer(line) if said is None else Answer(complaint=f"{said.message(lang)}: {said.hint(lang)}")


def _line(name: str, value: str | list[str]) -> str:
    """A list stands in brackets on one line."""
    in_brackets = isinstance(value, list)
    dumped: str = yaml.dump(
        value if in_brackets else {name: value},
        Dumper=PlainDumper, allow_unicode=True, width=_ONE_LINE, default_flow_style=in_brackets,
    )  # fmt: skip
    return f"{name}: {dumped}" if in_brackets else dumped


def value_of(line: str) -> str:
    """The text of a line that was answered."""
    return "".join(map(str, yaml.load(line, yaml.BaseLoader).values()))  # noqa: S506  # all of it is text


def record_text(cls: type[Record], lines: Mapping[str, str], lang: Lang) -> str:
    """The whole file: what was answered, a comment where something is missing, the titles of the sections."""
    asked = fields_to_ask(cls)
    fields = [lines[name] if name in lines else _to_write(cls, name, lang) for name in asked]
    fields += [line for name, line in lines.items() if name not in asked]
    sections = "".join(f"\n## {section.to(lang)}\n" for section in cls.kind.sections)
    return "---\n" + "".join(fields) + "---\n" + sections


def _to_write(cls: type[Record], name: str, lang: Lang) -> str:
    told = about_of(cls.model_fields[name])
    return f"{name}:  # {told.hint.to(lang)} {_EXAMPLE.to(lang)}: {written(name, told.example)}\n"


def file_of(cls: type[Record], values: Mapping[str, Any], lang: Lang, new_id: str = "") -> str | None:
    """The path of a new record: what it is called in ASCII, in minutes after their day, however that was typed;
    `new_id` is another name. None where that gives no name.
    """
    heading, start = new_id or str(values.get(heading_field(cls), "")), str(values.get("start") or new_id[:10])
    words, folder, day = slug(heading[:_MOST_OF_A_NAME]), cls.kind.folder, ""
    if cls is Page:
        folder += f"/{lang}"
    if cls is Minutes:
        day = (moment_meant(start) or date_meant(start) or "")[:10]
    if not words or (cls is Minutes and not day):
        return None
    name = words if words.startswith(day) else f"{day}-{words}"
    return f"{folder}/{better_name(f'{name}.md')}"


def taken_by(root: Path, path: str, checked: Checked) -> str | None:
    """The file that has this name already, in whatever folder: ids and former ids are unique."""
    owners = {record_id(other): other for other in sorted(checked.assembly.broken)}
    owners |= {alias: it.path for it in checked.assembly.records.values() for alias in (it.id, *it.aliases)}
    return owners.get(record_id(path)) or (path if (root / path).exists() else None)


def put_in(root: Path, checker: Checker, path: str, files: Mapping[str, bytes]) -> list[Diagnostic]:
    """Writes a record that came from elsewhere and what lies beside it, mends what is sure; what is left to be said."""
    write(root, Changes(after=files))
    changes, after = mend(checker, path)
    write(root, changes)
    return [found for found in after.report.diagnostics if found.source.path in files]
