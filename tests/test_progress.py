"""Long work shows what it is doing on a terminal, and is quiet in a pipe."""

import io
import sys
import time

import pytest

from generator.base.text import Text
from generator.progress import showing

WORDS = Text("Se construyen las páginas", "Building pages")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def on_a_terminal(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    return terminal


def test_a_terminal_is_told_what_is_being_done_and_is_left_clean(monkeypatch):
    terminal = on_a_terminal(monkeypatch)
    with showing(WORDS, "es"):
        time.sleep(0.3)
    assert "Se construyen las páginas" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_terminal_is_left_clean_by_who_stops_the_work(monkeypatch):
    terminal = on_a_terminal(monkeypatch)
    with pytest.raises(KeyboardInterrupt), showing(WORDS, "es"):
        raise KeyboardInterrupt
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_line_never_runs_over_which_could_not_be_cleared(monkeypatch):
    terminal = on_a_terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "20")
    with showing(WORDS, "es"):
        time.sleep(0.1)
    assert "Se construyen las" in terminal.getvalue()
    assert max(map(len, terminal.getvalue().split("\r\x1b[K"))) < 20


def test_a_terminal_that_clears_no_line_is_told_nothing(monkeypatch):
    terminal = on_a_terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    with showing(WORDS, "es"):
        pass
    assert terminal.getvalue() == ""


def test_a_pipe_is_told_nothing(monkeypatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with showing(WORDS, "es"):
        pass
    assert pipe.getvalue() == ""
