"""`kb import caso.docx`: a document that somebody filled in becomes a record; and what is missing is said."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.base.text import Lang, Text, printable
from generator.checking import Checked, Checker
from generator.commands import DONE, ID_HELP, TAKEN, refuse
from generator.editing.beginning import fields_to_ask, file_of, taken_by, today
from generator.editing.changes import Changes
from generator.editing.mending import mend
from generator.editing.writing import write
from generator.editors.template import as_yaml
from generator.model.guesses import date_meant, moment_meant
from generator.reading.files import read_file
from generator.report.human import one

if TYPE_CHECKING:
    from generator.editors.filled import Filled

_HELP = Text("hace una ficha de una plantilla de Word llena", "makes a record of a Word template that was filled in")
_FILE_HELP = Text("el documento, por ejemplo caso.docx", "the document, such as caso.docx")
_UNREADABLE = Text("«{file}» no se puede leer: {reason}", "“{file}” cannot be read: {reason}")
_ABSENT = Text("no existe", "there is no such file")
_TOO_LARGE = Text("ocupa más de 50 MB: reduzca sus imágenes", "it takes more than 50 MB: make its pictures smaller")
_NOT_OURS = Text(
    "no es una de las plantillas de esta web, o es mucho más largo que una ficha: pida a quien lo envió que llene la "
    "plantilla, o empiece la ficha con «kb new»",
    "it is none of this site's templates, or far longer than a record: ask the sender to fill in the template, or "
    "begin the record with “kb new”",
)
_NAMELESS = Text(
    "el documento no tiene título (o, si es un acta, fecha de inicio): escriba el nombre del archivo con «--id»; el "
    "de un acta empieza con su fecha: 2026-03-12-reunion",
    "the document has no title (or, if it is minutes, no start): type the file's name with “--id”; that "
    "of minutes begins with their day: 2026-03-12-meeting",
)
_DONE = Text("Escrito: {path}", "Written: {path}")
_UNPLACED = Text(
    "No tiene lugar en la ficha y sigue en el documento:", "Has no place in the record, and stays in the document:"
)
_MISSING = Text("Falta o no se entiende:", "Missing or not understood:")
_CLEAN = Text("No le falta nada de lo que se comprueba.", "Nothing that is checked is missing.")


def add(commands: Any, lang: Lang) -> None:
    parser = commands.add_parser("import", help=_HELP.to(lang))
    parser.add_argument("document", type=Path, help=_FILE_HELP.to(lang))
    parser.add_argument("--id", dest="new_id", help=ID_HELP.to(lang))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    checker, lang = Checker(options.root), options.lang
    checked = checker.check()
    filled = _read(options.document, checked)
    if isinstance(filled, Text):
        return refuse(_UNREADABLE.to(lang).format(file=printable(options.document.name), reason=filled.to(lang)))
    path = _path(filled, options.new_id)
    if path is None:
        return refuse(_NAMELESS.to(lang))
    folder = path.removesuffix(".md")
    if (other := taken_by(path, checked)) or (options.root / path).exists() or (options.root / folder).exists():
        return refuse(TAKEN.to(lang).format(path=other or path))
    values = {**filled.values, "created": str(today())}
    files = {f"{folder}/{name}": data for name, data in filled.pictures.files.items()}
    write(options.root, Changes(after={path: _text(filled, values, folder).encode(), **files}))
    changes, after = mend(checker, path)
    write(options.root, changes)
    sys.stdout.write(_told(filled, [path, *sorted(files)], after, lang))
    return DONE


def _read(path: Path, checked: Checked) -> "Filled | Text":
    """What was filled in, or why there is nothing."""
    from generator.editors.filled import filled  # noqa: PLC0415  # pictures and archives: only when asked
    from generator.reading.package import MOST_BYTES, NotReadableError  # noqa: PLC0415
    from generator.reading.word import read_word  # noqa: PLC0415

    if not path.is_file():
        return _ABSENT
    if path.stat().st_size > MOST_BYTES:
        return _TOO_LARGE
    try:
        document = read_word(read_file(path.resolve(), most=MOST_BYTES))
    except NotReadableError as error:
        reason: Text = error.args[0]
        return reason
    return filled(document, checked.assembly.vocabularies) or _NOT_OURS


def _path(filled: "Filled", new_id: str | None) -> str | None:
    start = str(filled.values.get("start") or (new_id or "")[:10])
    day = (moment_meant(start) or date_meant(start) or "")[:10]
    return file_of(filled.cls, new_id or str(filled.values.get("title", ""))[:70], day, "es")


def _text(filled: "Filled", values: Mapping[str, Any], folder: str) -> str:
    """The fields in the order of `kb new`, then the text."""
    names = dict.fromkeys([*fields_to_ask(filled.cls), *filled.cls.model_fields])
    ordered = {name: values[name] for name in names if name in values}
    return f"---\n{as_yaml(ordered)}---\n\n{filled.body(folder.rpartition('/')[2])}"


def _told(filled: "Filled", files: list[str], after: Checked, lang: Lang) -> str:
    found = [one(each, lang) for each in after.report.diagnostics if each.source.path in files]
    lines = [_DONE.to(lang).format(path=path) for path in files]
    if filled.unplaced:
        lines += ["", _UNPLACED.to(lang), *(f"  - {_shown(words.to(lang))}" for words in filled.unplaced)]
    return "\n".join([*lines, "", *([_MISSING.to(lang), "", *found] if found else [_CLEAN.to(lang), ""])])


def _shown(words: str) -> str:
    """For a terminal: on one line, without what would act on it."""
    return printable(" / ".join(line for line in words.splitlines() if line))
