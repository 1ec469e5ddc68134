"""Long work shows what it is doing on a terminal, and is quiet in a pipe."""

import io
import sys
import time

from generator.base.text import Text
from generator.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_is_told_what_is_being_done_and_is_left_clean(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = Progress("es")
    progress.step(Text("Se construyen las páginas", "Building pages"))
    time.sleep(0.3)
    progress.end()
    assert "Se construyen las páginas" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_pipe_is_told_nothing(monkeypatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    progress = Progress("es")
    progress.step(Text("Se construyen las páginas", "Building pages"))
    progress.end()
    assert pipe.getvalue() == ""
