"""A second process for a part of the work, where the machine has a second core for it."""

import marshal
import os
import sys
import threading
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, TypeVar

Thing = TypeVar("Thing")

MANY = 200
"""Files: with fewer, the second process is not worth its beginning, some ten milliseconds."""


def share(things: Sequence[Thing], size: Callable[[Thing], int]) -> Sequence[Thing]:
    """What of many a second process is to do: the last three fifths by size, since who asks has other work meanwhile.
    None of few.
    """
    if len(things) < MANY:
        return ()
    sizes = list(accumulate(map(size, things)))
    return [thing for thing, done in zip(things, sizes, strict=True) if done > sizes[-1] * 2 / 5]


def beside(task: Callable[[], Any]) -> Callable[[], Any]:
    """Begins a task in a process of its own, which has all that this one has, and returns what waits for its result.

    The result is plain values, those that `marshal` can write; None where there is no such process or it did not end
    well: then whoever waits does the task, and sees what is wrong with it.
    """
    # A process with several threads is not one to copy: a lock that another thread holds would stay locked.
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2 or threading.active_count() > 1:
        return lambda: None
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _end_with(task, writing)
    os.close(writing)

    def result() -> Any:
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        return None if status else marshal.loads(told)  # noqa: S302  # written by a copy of this very process

    return result


def _end_with(task: Callable[[], Any], writing: int) -> None:
    status = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            marshal.dump(task(), pipe)
        status = 0
    finally:
        os._exit(status)  # nothing of the other process is to be flushed or cleaned up twice
