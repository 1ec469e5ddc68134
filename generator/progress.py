"""Long work shows what it is doing on a terminal, and says nothing in a pipe."""

import sys
import threading
import time

from generator.base.text import Lang, Text

_INTERVAL = 0.2
"""Seconds."""


class Progress:
    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._shows = sys.stderr.isatty()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def step(self, words: Text) -> None:
        """What is being done from now on."""
        self.end()
        if self._shows:
            self._stop = threading.Event()
            self._thread = threading.Thread(target=self._run, args=(words.to(self._lang), self._stop), daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Clears the line."""
        if self._thread:
            self._stop.set()
            self._thread.join()
            self._thread = None
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    @staticmethod
    def _run(words: str, stop: threading.Event) -> None:
        started = time.monotonic()
        while not stop.is_set():
            sys.stderr.write(f"\r\x1b[K{words} … {time.monotonic() - started:.0f} s")
            sys.stderr.flush()
            stop.wait(_INTERVAL)
