"""`kb review`: what a proposal changes, as the comment that its reviewers read; it writes no file."""

import argparse
import gc
import re
import sys

from generator.base.text import Lang, Text
from generator.commands import DONE, refuse

HELP = Text("dice qué cambia una propuesta, para quien la revisa", "says what a proposal changes, for its reviewers")
_BASE = Text("la rama o el commit al que se propone", "the branch or commit that it is proposed to")
_HEAD = Text(
    "el último commit de la propuesta (por defecto, el de ahora)", "the proposal's last commit (default: this)"
)
_PREVIEW = Text("la dirección de la vista previa", "the address of the preview")
_NO_COMMON = Text(
    "«{base}» y «{head}» no son commits de una misma historia: ¿falta «git fetch»?",
    "“{base}” and “{head}” are no commits of one history: is “git fetch” missing?",
)
_NO_ADDRESS = Text("la vista previa es una dirección «https://…»", "the preview is an address “https://…”")


def add(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("--base", required=True, help=_BASE.to(lang))
    parser.add_argument("--head", default="HEAD", help=_HEAD.to(lang))
    parser.add_argument("--preview", default="", help=_PREVIEW.to(lang))


def run(options: argparse.Namespace) -> int:
    from generator.reviewing.comment import comment
    from generator.reviewing.review import review
    from generator.reviewing.trees import merge_base

    if not re.fullmatch(r"(?:https://[\w./:-]+)?", options.preview):
        return refuse(_NO_ADDRESS.to(options.lang))
    commits = merge_base(options.root, options.base, options.head)
    if commits is None:
        return refuse(_NO_COMMON.to(options.lang).format(base=options.base, head=options.head))
    gc.disable()  # as when checking: to look for garbage among records takes as long as to read them
    sys.stdout.write(comment(review(options.root, *commits), options.preview))
    gc.enable()
    return DONE
