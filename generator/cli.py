"""`kb`: what people type."""

import argparse
import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from generator import commands
from generator.base.discover import modules_in
from generator.base.text import LANGUAGES, Lang, Text
from generator.commands import DONE, MACHINE, OUR_BUG
from generator.deployed import forget_empty
from generator.faults import fault
from generator.reading.files import TOP_FOLDERS
from generator.speaking import speak

_STAMP = Text(
    "SOURCE_DATE_EPOCH: segundos desde 1970, solo cifras", "SOURCE_DATE_EPOCH: seconds since 1970, digits only"
)
_NOWHERE = Text(
    "no hay carpetas «cases» y «content» aquí ni más arriba", "no folders “cases” and “content” here or above"
)
_ABOUT = Text(
    "Base de conocimiento: revisa las fichas y construye el sitio.",
    "Knowledge base: checks the records and builds the site.",
)
_ROOT = Text(
    "carpeta del repositorio (por defecto, esta o la que la contiene)",
    "the repository's folder (default: this one, or the one that holds it)",
)
_LANG = Text("idioma de los mensajes", "language of the messages")
_BUG = Text("Esto es un error del generador, no de sus fichas.", "This is a bug of the generator, not of your records.")


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
        return DONE
    except Exception as error:  # noqa: BLE001  # the one place: what nobody foresaw is our bug, and says so
        if refused := fault(error, options.root):
            sys.stderr.write(f"{refused.to(options.lang)}\n")
            _say_no_more()
            return MACHINE
        traceback.print_exc()
        sys.stderr.write(f"\n{_BUG.to(options.lang)}\n")
        return OUR_BUG
    return code


def _say_no_more() -> None:
    """What could not be written is tried once more when Python ends, and would be complained about."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(lang: Lang) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kb", description=_ABOUT.to(lang))
    parser.add_argument("--root", type=Path, help=_ROOT.to(lang))
    parser.add_argument("--lang", choices=LANGUAGES, default=lang, help=_LANG.to(lang))
    kinds = parser.add_subparsers(required=True, metavar="comando" if lang == "es" else "command")
    for module in modules_in(commands):
        name = module.__name__.rpartition(".")[2].strip("_").replace("_", "-")  # `import` is a word of Python's own
        command = kinds.add_parser(name, help=module.HELP.to(lang))
        command.set_defaults(run=module.run)
        if hasattr(module, "add"):
            module.add(command, lang)
    return parser


def _language_of(arguments: Sequence[str] | None) -> Lang:
    """The language of the help itself: what is asked for must be known before the rest is read.

    Spanish is the first one: English only where it is asked for, here or by KB_LANG, whatever the machine speaks.
    """
    asked = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    asked.add_argument("--lang", nargs="?", default=os.environ.get("KB_LANG"))
    return "en" if asked.parse_known_args(arguments)[0].lang == "en" else "es"


def _repository(folder: Path) -> Path | None:
    return next(
        (found for found in (folder, *folder.parents) if (found / "cases").is_dir() and (found / "content").is_dir()),
        None,
    )


if __name__ == "__main__":
    sys.exit(main())
