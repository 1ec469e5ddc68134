"""Floor 4: what the site is about. One module a type; the rest of the house finds them here."""

import sys

from generator.base.discover import modules_in
from generator.model.record import Record

RECORD_CLASSES: tuple[type[Record], ...] = tuple(
    found
    for module in modules_in(sys.modules[__name__])
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, Record) and found.__module__ == module.__name__
)
