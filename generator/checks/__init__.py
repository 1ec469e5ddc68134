"""Floor 6: what can be wrong with the records together. One module a check: its rules and `check`."""

import sys
from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic
from generator.base.discover import modules_in
from generator.library.repository import Repository


def run_all(repository: Repository) -> Iterator[Diagnostic]:
    """Everything that every check of this folder finds."""
    for module in modules_in(sys.modules[__name__]):
        yield from module.check(repository)
