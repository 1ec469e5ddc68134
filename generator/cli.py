"""`kb`: what people type."""

import argparse
import gc
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
from generator.faults import fault
from generator.library.editions import EDITIONS
from generator.progress import Progress
from generator.report import formats

CLEAN, ERRORS, WRONG_USE, OUR_BUG, MACHINE = 0, 1, 2, 3, 4
_FIX = Text("corrige lo que tiene una sola respuesta, y lo muestra", "mends what has one right answer, and shows it")
_DIFF = Text("muestra lo que se corregiría, sin escribir nada", "shows what would be mended, and writes nothing")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 clean or warnings · 1 errors in the records · 2 wrong use · 3 our bug · 4 the machine refused."""
    parser = _parser(_language_of(arguments))
    options = parser.parse_args(arguments)
    if not re.fullmatch("[0-9]{0,11}", os.environ.get("SOURCE_DATE_EPOCH", "")):
        parser.error("SOURCE_DATE_EPOCH: segundos desde 1970, solo cifras / seconds since 1970, digits only")
    options.root = options.root or _repository(Path.cwd())
    if options.root is None:
        parser.error(
            "no hay carpetas «cases» y «content» aquí ni más arriba / no folders “cases” and “content” here or above"
        )
    try:
        code: int = options.run(options)
        sys.stdout.flush()  # here, where a full disk can still be told
    except KeyboardInterrupt:
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
    parser = argparse.ArgumentParser(
        prog="kb", description="Base de conocimiento: revisa las fichas y construye el sitio."
    )
    parser.add_argument("--root", type=Path, help="carpeta del repositorio (por defecto, esta o la que la contiene)")
    parser.add_argument("--lang", choices=("es", "en"), default=lang, help="idioma de los mensajes")
    commands = parser.add_subparsers(required=True, metavar="comando")

    check = commands.add_parser("check", help="revisa todas las fichas")
    default = "github" if os.environ.get("GITHUB_ACTIONS") else "human"
    check.add_argument("--format", choices=sorted(formats()), default=default)
    mending = check.add_mutually_exclusive_group()
    mending.add_argument("--fix", action="store_true", help=_FIX.to(lang))
    mending.add_argument("--diff", action="store_true", help=_DIFF.to(lang))
    check.set_defaults(run=_check)

    build = commands.add_parser("build", help="revisa y construye el sitio en todos los idiomas")
    build.add_argument("--edition", choices=("public", "members", "all"), default="public")
    build.add_argument("--strict", action="store_true", help="los avisos también detienen la construcción")
    build.set_defaults(run=_build)

    serve = commands.add_parser("serve", help="vista previa: lo que se guarda se ve al momento")
    serve.add_argument("--edition", choices=EDITIONS, default="public")
    serve.add_argument("--port", type=int, default=8000)
    serve.set_defaults(run=_serve)

    explain = commands.add_parser("explain", help="explica una regla, por ejemplo KB401")
    explain.add_argument("code")
    explain.set_defaults(run=_explain)

    schema = commands.add_parser("schema", help="escribe lo que se deriva del modelo: formularios y plantillas")
    schema.set_defaults(run=_schema)
    issue = commands.add_parser("from-issue", help="hace una ficha de un formulario de GitHub, guardado en un archivo")
    issue.add_argument("event", type=Path, help="el archivo JSON del evento")
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

    progress = Progress(options.lang)
    progress.step(Text("Se leen y se revisan las fichas", "Reading and checking the records"))
    checked = _checked(options.root)
    progress.end()
    sys.stderr.write(formats()["human"](checked.report, options.lang))
    if checked.report.has_errors or (options.strict and checked.report.diagnostics):
        kept = Text(
            "No se construyó nada; el sitio anterior sigue como estaba.",
            "Nothing was built; the last site stays as it was.",
        )
        sys.stderr.write(f"{kept.to(options.lang)}\n")
        return ERRORS
    editions = EDITIONS if options.edition == "all" else (options.edition,)
    for edition in editions:
        progress.step(Text("Se construyen las páginas y la búsqueda", "Building pages and search"))
        target = Pipeline(options.root).build(checked, edition)
        progress.end()
        done = Text(
            "Listo en {seconds:.1f} s: abra {site}/index.html", "Done in {seconds:.1f} s: open {site}/index.html"
        )
        seconds = time.monotonic() - started
        sys.stdout.write(done.to(options.lang).format(seconds=seconds, site=os.path.relpath(target)) + "\n")
    return CLEAN


def _serve(options: argparse.Namespace) -> int:
    from generator.serve import serve  # noqa: PLC0415  # the server's imports: only when asked

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
        sys.stderr.write(f"no hay ninguna regla / there is no rule: {options.code}\n")
        return WRONG_USE
    sys.stdout.write(explain(rule, options.lang))
    return CLEAN


def _schema(options: argparse.Namespace) -> int:
    from generator.editors.derived import derived_files  # noqa: PLC0415  # walks the whole room: only when asked
    from generator.staging import write_derived  # noqa: PLC0415

    files = derived_files(_checked(options.root).assembly.vocabularies)
    for path in write_derived(options.root, files):
        sys.stdout.write(f"{path}\n")
    return CLEAN


def _from_issue(options: argparse.Namespace) -> int:
    from generator.receiving import receive  # noqa: PLC0415  # only when asked

    if not options.event.is_file():
        sys.stderr.write(f"no existe / there is no: {options.event}\n")
        return WRONG_USE
    received = receive(options.root, options.event.read_bytes(), options.lang)
    sys.stdout.write(received.reply)
    return CLEAN if received.path else ERRORS


def _default_language() -> Lang:
    """Spanish is the first language: English only where KB_LANG asks for it, whatever the machine speaks."""
    return "en" if os.environ.get("KB_LANG") == "en" else "es"


def _language_of(arguments: Sequence[str] | None) -> Lang:
    """The language of the help itself: what is asked for must be known before the rest is read."""
    asked = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    asked.add_argument("--lang", default=_default_language())
    return "en" if asked.parse_known_args(arguments)[0].lang == "en" else "es"


def _repository(folder: Path) -> Path | None:
    return next(
        (found for found in (folder, *folder.parents) if (found / "cases").is_dir() and (found / "content").is_dir()),
        None,
    )


if __name__ == "__main__":
    sys.exit(main())
