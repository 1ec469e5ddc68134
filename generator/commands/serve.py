"""`kb serve`: a preview in the browser that follows what is saved."""

import argparse
import sys

from generator.base.text import Lang, Text
from generator.commands import DONE, refuse
from generator.deployed import wrong_setting
from generator.library.editions import EDITIONS

HELP = Text("vista previa: lo que se guarda se ve al momento", "preview: what you save is seen at once")


def add(parser: argparse.ArgumentParser, _lang: Lang) -> None:
    parser.add_argument("--edition", choices=EDITIONS, default="public")
    parser.add_argument("--port", type=port, default=8000)


def run(options: argparse.Namespace) -> int:
    from generator.serve import serve

    if wrong := wrong_setting(options.root):
        return refuse(wrong.to(options.lang))

    def say(words: str) -> None:
        sys.stdout.write(words)
        sys.stdout.flush()

    serve(options.root, options.edition, options.lang, port=options.port, say=say)
    return DONE


def port(typed: str) -> int:
    """Raises ValueError for what is none."""
    return range(65536).index(int(typed))
