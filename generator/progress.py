"""Long work shows what it is doing on a terminal, and says nothing in a pipe."""

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from generator.base.text import Lang, Text

_INTERVAL = 0.2
"""Seconds."""
_CLEAR = "\r\x1b[K"


def obeys(stream: TextIO) -> bool:
    """Whether a stream is a terminal that clears lines and colours letters when it is told to."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def showing(words: Text, lang: Lang) -> Iterator[None]:
    """Says what is being done while it is; the line is cleared however that ends."""
    if not obeys(sys.stderr):
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(words.to(lang), stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def _run(words: str, stop: threading.Event) -> None:
    started = time.monotonic()
    while not stop.is_set():
        line = f"{words} … {time.monotonic() - started:.0f} s"
        # Of a line that runs over, only the last row could be cleared.
        sys.stderr.write(_CLEAR + line[: shutil.get_terminal_size().columns - 1])
        sys.stderr.flush()
        stop.wait(_INTERVAL)
