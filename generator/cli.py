"""`kb`: what people type."""

import argparse
import gc
import io
import os
import re
import sys
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from generator import commands as written_commands
from generator.base.discover import modules_in
from generator.base.text import Lang, Text
from generator.checking import Checked, Checker
from generator.commands import refuse
from generator.deployed import forget_empty, wrong_setting
from generator.faults import fault
from generator.library.editions import EDITIONS
from generator.progress import showing
from generator.reading.files import TOP_FOLDERS
from generator.report import formats
from generator.speaking import speak

CLEAN, ERRORS, WRONG_USE, OUR_BUG, MACHINE = 0, 1, 2, 3, 4
_STAMP = Text(
    "SOURCE_DATE_EPOCH: segundos desde 1970, solo cifras", "SOURCE_DATE_EPOCH: seconds since 1970, digits only"
)
_NOWHERE = Text(
    "no hay carpetas «cases» y «content» aquí ni más arriba", "no folders “cases” and “content” here or above"
)
_NO_RULE = Text("no hay ninguna regla «{code}»", "there is no rule “{code}”")
_NO_FILE = Text("no existe «{file}»", "there is no file “{file}”")
_HELP = {
    "kb": Text(
        "Base de conocimiento: revisa las fichas y construye el sitio.",
        "Knowledge base: checks the records and builds the site.",
    ),
    "--root": Text(
        "carpeta del repositorio (por defecto, esta o la que la contiene)",
        "the repository's folder (default: this one, or the one that holds it)",
    ),
    "--lang": Text("idioma de los mensajes", "language of the messages"),
    "check": Text("revisa todas las fichas", "checks all records"),
    "build": Text("revisa y construye el sitio en todos los idiomas", "checks, and builds the site in every language"),
    "--strict": Text("los avisos también detienen la construcción", "warnings stop the build too"),
    "serve": Text("vista previa: lo que se guarda se ve al momento", "preview: what you save is seen at once"),
    "explain": Text("explica una regla, por ejemplo KB401", "explains a rule, such as KB401"),
    "schema": Text(
        "escribe lo que se deriva del modelo: formularios y plantillas",
        "writes what is derived from the model: forms and templates",
    ),
    "from-issue": Text(
        "hace una ficha de un formulario de GitHub, guardado en un archivo",
        "makes a record of a GitHub form that was saved as a file",
    ),
    "event": Text("el archivo JSON del evento", "the JSON file of the event"),
}
_FIX = Text("corrige lo que tiene una sola respuesta, y lo muestra", "mends what has one right answer, and shows it")
_DIFF = Text("muestra lo que se corregiría, sin escribir nada", "shows what would be mended, and writes nothing")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 clean or warnings · 1 errors in the records · 2 wrong use · 3 our bug · 4 the machine refused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter still gets the rest
    lang = _language_of(arguments)
    speak(lang)
    forget_empty()
    parser = _parser(lang)
    options = parser.parse_args(arguments)
    if not re.fullmatch("[0-9]{0,11}", os.environ.get("SOURCE_DATE_EPOCH", "")):
        parser.error(_STAMP.to(lang))
    options.root = options.root or _repository(Path.cwd())
    if options.root is None or not any((options.root / top).is_dir() for top in TOP_FOLDERS):
        parser.error(_NOWHERE.to(lang))
    try:
        code: int = options.run(options)
        sys.stdout.flush()  # here, where a full disk can still be told
    except KeyboardInterrupt:
        sys.stderr.write("\n")  # the shell's next line is not to stand beside ours
        return 130
    except BrokenPipeError:
        _say_no_more()
        return CLEAN
    except Exception as error:  # noqa: BLE001  # the one place: what nobody foresaw is our bug, and says so
        if refused := fault(error, options.root):
            sys.stderr.write(f"{refused.to(options.lang)}\n")
            _say_no_more()
            return MACHINE
        traceback.print_exc()
        bug = Text(
            "Esto es un error del generador, no de sus fichas.", "This is a bug of the generator, not of your records."
        )
        sys.stderr.write(f"\n{bug.to(options.lang)}\n")
        return OUR_BUG
    return code


def _say_no_more() -> None:
    """What could not be written is tried once more when Python ends, and would be complained about."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(lang: Lang) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kb", description=_HELP["kb"].to(lang))
    parser.add_argument("--root", type=Path, help=_HELP["--root"].to(lang))
    parser.add_argument("--lang", choices=("es", "en"), default=lang, help=_HELP["--lang"].to(lang))
    commands = parser.add_subparsers(required=True, metavar="comando" if lang == "es" else "command")

    check = commands.add_parser("check", help=_HELP["check"].to(lang))
    default = "github" if os.environ.get("GITHUB_ACTIONS") else "human"
    check.add_argument("--format", choices=sorted(formats()), default=default)
    mending = check.add_mutually_exclusive_group()
    mending.add_argument("--fix", action="store_true", help=_FIX.to(lang))
    mending.add_argument("--diff", action="store_true", help=_DIFF.to(lang))
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help=_HELP["build"].to(lang))
    build.add_argument("--edition", choices=("public", "members", "all"), default="public")
    build.add_argument("--strict", action="store_true", help=_HELP["--strict"].to(lang))
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help=_HELP["serve"].to(lang))
    serve.add_argument("--edition", choices=EDITIONS, default="public")
    serve.add_argument("--port", type=port, default=8000)
    serve.set_defaults(run=_serve)

    explain = commands.add_parser("explain", help=_HELP["explain"].to(lang))
    explain.add_argument("code")
    explain.set_defaults(run=_explain)

    schema = commands.add_parser("schema", help=_HELP["schema"].to(lang))
    schema.set_defaults(run=_schema)
    issue = commands.add_parser("from-issue", help=_HELP["from-issue"].to(lang))
    issue.add_argument("event", type=Path, help=_HELP["event"].to(lang))
    issue.set_defaults(run=_from_issue)
    for module in modules_in(written_commands):
        module.add(commands, lang)
    return parser


def _check(options: argparse.Namespace) -> int:
    report = (_mended(options) if options.fix or options.diff else _checked(options.root)).report
    sys.stdout.write(formats()[options.format](report, options.lang))
    return ERRORS if report.has_errors else CLEAN


def _mended(options: argparse.Namespace) -> Checked:
    """What remains to be said once all that has one right answer is mended."""
    from generator.editing.changes import show  # noqa: PLC0415
    from generator.editing.mending import mend  # noqa: PLC0415  # writing: not for those who only check
    from generator.editing.writing import write  # noqa: PLC0415

    changes, checked = mend(Checker(options.root))
    # What a program reads from the standard output is its format, and nothing else.
    show(changes, options.lang, sys.stdout if options.format == "human" else sys.stderr)
    if options.fix:
        write(options.root, changes)
    return checked


def _checked(root: Path) -> Checked:
    """Records are made once and kept to the end: to look for garbage among them takes as long as to read them."""
    gc.disable()
    checked = Checker(root).check()
    gc.freeze()
    gc.enable()
    return checked


def _build(options: argparse.Namespace) -> int:
    started = time.monotonic()
    from generator.pipeline import Pipeline  # noqa: PLC0415  # pages, engine, search: not for those who only check

    with showing(Text("Se leen y se revisan las fichas", "Reading and checking the records"), options.lang):
        checked = _checked(options.root)
    sys.stderr.write(formats()["human"](checked.report, options.lang))
    if checked.report.has_errors or (options.strict and checked.report.diagnostics):
        kept = Text(
            "No se construyó nada; el sitio anterior sigue como estaba.",
            "Nothing was built; the last site stays as it was.",
        )
        sys.stderr.write(f"{kept.to(options.lang)}\n")
        return ERRORS
    if wrong := wrong_setting(options.root):
        return refuse(wrong.to(options.lang))
    editions = EDITIONS if options.edition == "all" else (options.edition,)
    for edition in editions:
        with showing(Text("Se construyen las páginas y la búsqueda", "Building pages and search"), options.lang):
            target = Pipeline(options.root).build(checked, edition)
        done = Text(
            "Listo en {seconds:.1f} s: abra {site}/index.html", "Done in {seconds:.1f} s: open {site}/index.html"
        )
        seconds = time.monotonic() - started
        sys.stdout.write(done.to(options.lang).format(seconds=seconds, site=os.path.relpath(target)) + "\n")
    return CLEAN


def _serve(options: argparse.Namespace) -> int:
    from generator.serve import serve  # noqa: PLC0415  # the server's imports: only when asked

    if wrong := wrong_setting(options.root):
        return refuse(wrong.to(options.lang))

    def say(words: str) -> None:
        sys.stdout.write(words)
        sys.stdout.flush()

    serve(options.root, options.edition, options.lang, port=options.port, say=say)
    return CLEAN


def _explain(options: argparse.Namespace) -> int:
    from generator.rulebook import all_rules, explain  # noqa: PLC0415  # walks the whole house: only when asked

    wanted = options.code.upper()
    rule = next((rule for rule in all_rules() if wanted in (rule.code, rule.name.upper())), None)
    if rule is None:
        return refuse(_NO_RULE.to(options.lang).format(code=options.code))
    sys.stdout.write(explain(rule, options.lang))
    return CLEAN


def _schema(options: argparse.Namespace) -> int:
    from generator.editors.derived import derived_files  # noqa: PLC0415  # walks the whole room: only when asked
    from generator.staging import write_derived  # noqa: PLC0415

    checked = _checked(options.root)
    if checked.report.has_errors:  # of half a vocabulary, half a form
        sys.stdout.write(formats()["human"](checked.report, options.lang))
        return ERRORS
    files = derived_files(checked.assembly.vocabularies)
    for path in write_derived(options.root, files):
        sys.stdout.write(f"{path}\n")
    return CLEAN


def _from_issue(options: argparse.Namespace) -> int:
    from generator.receiving import receive  # noqa: PLC0415  # only when asked

    if not options.event.is_file():
        return refuse(_NO_FILE.to(options.lang).format(file=options.event))
    received = receive(options.root, options.event.read_bytes(), options.lang)
    sys.stdout.write(received.reply)
    return CLEAN if received.path else ERRORS


def port(typed: str) -> int:
    """Raises ValueError for what is none."""
    return range(65536).index(int(typed))


def _default_language() -> Lang:
    """Spanish is the first language: English only where KB_LANG asks for it, whatever the machine speaks."""
    return "en" if os.environ.get("KB_LANG") == "en" else "es"


def _language_of(arguments: Sequence[str] | None) -> Lang:
    """The language of the help itself: what is asked for must be known before the rest is read."""
    asked = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    asked.add_argument("--lang", nargs="?", default=_default_language())
    return "en" if asked.parse_known_args(arguments)[0].lang == "en" else "es"


def _repository(folder: Path) -> Path | None:
    return next(
        (found for found in (folder, *folder.parents) if (found / "cases").is_dir() and (found / "content").is_dir()),
        None,
    )


if __name__ == "__main__":
    sys.exit(main())
