"""Floor 1: a report as text, one module a format."""

import sys
from collections.abc import Callable

from generator.base.diagnostics import Report
from generator.base.discover import modules_in
from generator.base.text import Lang

Format = Callable[[Report, Lang], str]


def formats() -> dict[str, Format]:
    """Each format by its module's name."""
    return {module.__name__.rpartition(".")[2]: module.render for module in modules_in(sys.modules[__name__])}
