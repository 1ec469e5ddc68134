"""Floor 7: a library as other files than pages. One module a format; each has `export`."""

import sys
from collections.abc import Iterator

from generator.base.discover import modules_in
from generator.exports.export import Export, Exported


def exports(exported: Exported) -> Iterator[Export]:
    """Every file that every format of this folder makes."""
    for module in modules_in(sys.modules[__name__]):
        if hasattr(module, "export"):
            yield from module.export(exported)
