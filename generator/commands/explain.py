"""`kb explain KB401`: the page of a rule."""

import argparse
import sys

from generator.base.text import Lang, Text
from generator.commands import DONE, refuse

HELP = Text("explica una regla, por ejemplo KB401", "explains a rule, such as KB401")
_NO_RULE = Text("no hay ninguna regla «{code}»", "there is no rule “{code}”")


def add(parser: argparse.ArgumentParser, _lang: Lang) -> None:
    parser.add_argument("code")


def run(options: argparse.Namespace) -> int:
    from generator.rulebook import all_rules, explain

    wanted = options.code.upper()
    rule = next((rule for rule in all_rules() if wanted in (rule.code, rule.name.upper())), None)
    if rule is None:
        return refuse(_NO_RULE.to(options.lang).format(code=options.code))
    sys.stdout.write(explain(rule, options.lang))
    return DONE
