"""`kb agenda --body core-group`: begins the minutes of a body's next meeting with what it has to decide."""

import argparse
import sys

from generator.base.text import Lang, Text
from generator.checking import Checker
from generator.commands import DONE, ERRORS, refuse
from generator.editing.beginning import taken_by, today, whole_library
from generator.editing.writing import write
from generator.records.minutes import BODY_OF, CADENCE, Minutes

HELP = Text(
    "empieza el acta de la próxima reunión, con su agenda", "begins the next meeting's minutes, with its agenda"
)
_BODY = Text("de qué grupo", "which group's")
_ERRORS_FIRST = Text(
    "corrija primero las actas con errores: sin ellas no se sabe cuál fue la última reunión\n{paths}",
    "mend the minutes with errors first: without them nobody knows which meeting was the last\n{paths}",
)
_THERE = Text("la próxima reunión ya tiene agenda: {path}", "the next meeting has its agenda: {path}")
_TAKEN = Text("ya existe «{path}»", "“{path}” exists")
_OFTEN = {
    1: Text("una vez al mes", "once a month"),
    2: Text("cada dos meses", "every two months"),
}
_DONE = Text(
    "Escrito: {path}\n{body}: se reúne {cadence}\nAnterior: {last}\nPróxima: {day}, reunión {number}\n"
    "Si se acuerda otro día, cambie «start» y el nombre del archivo (kb rename). Lo que falta lo dice: kb check",
    "Written: {path}\n{body}: meets {cadence}\nLast: {last}\nNext: {day}, meeting {number}\n"
    "If another day is agreed, change “start” and the file's name (kb rename). What is missing is told by: kb check",
)
_NONE = Text("ninguna", "none")


def add(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("--body", choices=tuple(CADENCE), required=True, help=_BODY.to(lang))


def run(options: argparse.Namespace) -> int:
    from generator.editing.agenda import agenda, next_meeting
    from generator.pages.wording import told

    checker, lang, body = Checker(options.root), options.lang, options.body
    checked = checker.check()
    if broken := sorted(path for path in checked.assembly.broken if path.startswith(f"{Minutes.kind.folder}/")):
        return refuse(_ERRORS_FIRST.to(lang).format(paths="\n".join(broken)), ERRORS)
    meeting = next_meeting(whole_library(checked), body, today())
    if isinstance(meeting, Minutes):
        return refuse(_THERE.to(lang).format(path=meeting.path))
    path, changes = agenda(checker, checked, meeting, lang)
    if other := taken_by(options.root, path, checked):
        return refuse(_TAKEN.to(lang).format(path=other))
    write(options.root, changes)
    facts = {
        "path": path,
        "body": BODY_OF.label(body).to(lang).capitalize(),
        "cadence": _OFTEN[CADENCE[body]].to(lang),
        "last": meeting.last.start.on if meeting.last else _NONE.to(lang),
        "day": meeting.day,
        "number": meeting.number,
    }
    sys.stdout.write(told(_DONE, facts, lang) + "\n")
    return DONE
