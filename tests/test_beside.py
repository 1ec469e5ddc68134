"""The second process: it changes how long a check takes, and nothing that it says."""

import os
import shutil
import signal
import sys

import pytest
import sites

from generator.base import beside
from generator.checking import Checker
from generator.reading import ahead

CORES = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
TWO_CORES = pytest.mark.skipif(CORES < 2, reason="one core only, or a system where there is no second process")


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """The real records, some of which have errors: in the block, in a field, in the text."""
    monkeypatch.setattr(beside, "MANY", 50)
    for name in ("cases", "content"):
        shutil.copytree(sites.ROOT / name, tmp_path / name)
    for number, path in enumerate(sorted(tmp_path.rglob("*.md"))):
        text = path.read_text("utf-8")
        if number % 9 == 0:
            path.write_text(text.replace("title:", "titel:", 1), "utf-8")
        if number % 11 == 0:
            path.write_text(text.replace("\n---", "\nx: [\n---", 1), "utf-8")
        if number % 13 == 0:
            path.write_text(text.replace("\n---", " \n---", 1), "utf-8")  # a space at the end: a note, no error
        if number % 7 == 0:
            path.write_text(f"{text}\nTODO: escribir.\n", "utf-8")
    return tmp_path


def said(folder):
    checked = Checker(folder).check()
    return checked.report, checked.assembly.records, checked.assembly.translated


@TWO_CORES
def test_two_processes_say_what_one_says(broken, monkeypatch):
    begun = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: begun.append(1) or fork())
    by_two = said(broken)
    assert len(begun) == 2
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert said(broken) == by_two
    assert len(begun) == 2
    assert by_two[0].has_errors


@TWO_CORES
def test_where_the_second_process_does_not_end_well_the_first_does_its_work(broken, monkeypatch):
    expected = said(broken)
    plain = ahead._plain
    here = os.getpid()

    def killed(sources):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(sources)

    monkeypatch.setattr(ahead, "_plain", killed)
    assert said(broken) == expected


@TWO_CORES
def test_what_a_task_raises_there_is_no_result_here(capfd):
    assert beside.beside(lambda: 1 / 0)() is None
    assert beside.beside(lambda: [1, "á", None])() == [1, "á", None]


def test_where_the_system_does_not_say_how_many_cores_there_are_one_is_used(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    assert beside.beside(lambda: 1)() is None
