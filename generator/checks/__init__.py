"""Floor 6: what can be wrong with the records. One module a check: its rules, and one or both of two functions.

`check_record(record, places, vocabularies)` looks at one record, original or translation; `check(repository)` at all.
"""

import sys
from collections.abc import Callable, Iterator
from functools import partial

from generator.base.beside import beside, share
from generator.base.diagnostics import Diagnostic
from generator.base.discover import modules_in
from generator.base.memo import Memo
from generator.library.repository import Repository
from generator.model.record import Record
from generator.reading.frontmatter import Places


def run_all(repository: Repository, memo: Memo) -> Iterator[Diagnostic]:
    """Everything that every check of this folder finds. What was said of a file that did not change is remembered."""
    memo.turn()
    modules = modules_in(sys.modules[__name__])
    local = [module.check_record for module in modules if hasattr(module, "check_record")]
    vocabularies = tuple(repository.library.vocabularies.values())

    def of_one(record: Record, places: Places) -> tuple[Diagnostic, ...]:
        return tuple(found for check in local for found in check(record, places, repository.library.vocabularies))

    shown = list(repository.shown())
    new = [(record, places) for record, places in shown if not memo.has(places.source.path)]
    later = share(new, lambda each: len(each[1].source.text))  # this process looks at all of them together meanwhile
    wait = beside(lambda: [places.source.path for it, places in later if not of_one(it, places)]) if later else tuple
    for module in modules:
        if hasattr(module, "check"):
            yield from module.check(repository)
    good: frozenset[str] = frozenset()
    for record, places in shown:
        if later and places is later[0][1]:
            good = frozenset(wait() or ())
        is_good = places.source.path in good
        make: Callable[[], tuple[Diagnostic, ...]] = tuple if is_good else partial(of_one, record, places)
        yield from memo.get(places.source.path, (record, places, *vocabularies), make)
