"""The preview: what is saved is shown, what is wrong is said at its own address, the rest stays live."""

import multiprocessing
import re
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from functools import partial

import pytest
import sites
from test_build import engine_ready

from generator.serve import serve

pytestmark = pytest.mark.slow
CASE = "casos/mesa-ejemplo/"


@contextmanager
def preview(folder, said=None):
    """The address of a running preview of a folder; `said` gets what it tells the terminal."""
    said, stop = [] if said is None else said, threading.Event()
    thread = threading.Thread(
        target=partial(serve, folder, "public", "es", port=0, say=said.append, stop=stop), daemon=True
    )
    thread.start()
    try:
        yield wait_for(lambda: next((words.strip() for words in said if words.startswith("http")), None))
    finally:
        stop.set()
        thread.join(timeout=20)
        assert not thread.is_alive()


def wait_for(seen, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := seen():
            return found
        time.sleep(0.05)
    pytest.fail("it did not happen in time")


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.fixture
def repository(tmp_path):
    return engine_ready(sites.make_site(tmp_path))


def test_saving_shows_breaking_says_and_mending_shows_again(repository):
    case = repository / sites.BASE["case"]
    good = case.read_text("utf-8")
    with preview(repository) as address:
        assert "Monitoreo del agua en el valle" in get(address + CASE)[1]
        case.write_text(good.replace("Monitoreo del agua en el valle", "Un nombre nuevo"), "utf-8")
        wait_for(lambda: "Un nombre nuevo" in get(address + CASE)[1])
        wait_for(lambda: "Un nombre nuevo" in get(address + "en/cases/")[1])

        case.write_text(good.replace("result: mixed", "result: bueno"), "utf-8")
        shown = wait_for(lambda: (text := get(address + CASE)[1]) and "KB310" in text and text)
        assert "cases/mesa-ejemplo.md" in shown
        assert "^^^^^" in shown
        status, other = get(address + "buenas-practicas/")
        assert status == 200
        assert "KB310" not in other

        case.write_text("---\ntitle: a: b\n---\n", "utf-8")
        wait_for(lambda: "KB211" in get(address + CASE)[1])
        case.write_text(good, "utf-8")
        wait_for(lambda: "Monitoreo del agua en el valle" in get(address + CASE)[1])


def test_search_catches_up_with_what_is_saved(repository, monkeypatch):
    monkeypatch.setattr("generator.serve.QUIET", 0.2)
    case = repository / sites.BASE["case"]
    entry = "pagefind/pagefind-entry.json"
    with preview(repository) as address:
        first = wait_for(lambda: (found := get(address + entry))[0] == 200 and found[1])
        case.write_text(case.read_text("utf-8").replace("Monitoreo del agua", "Monitoreo del aire"), "utf-8")
        wait_for(lambda: get(address + entry)[1] != first)
    assert not multiprocessing.active_children()


def test_settings_that_no_site_can_be_built_with_are_said_and_the_last_pages_stay(repository):
    settings, case = repository / "mkdocs.yml", repository / sites.BASE["case"]
    good, said = settings.read_text("utf-8"), []
    with preview(repository, said) as address:
        settings.write_text("site_name: a: b\n", "utf-8")
        wait_for(lambda: any("mkdocs.yml:1" in words for words in said))
        assert "Monitoreo del agua" in get(address + CASE)[1]
        settings.write_text(good, "utf-8")
        case.write_text(case.read_text("utf-8").replace("Monitoreo del agua", "Monitoreo del aire"), "utf-8")
        wait_for(lambda: "Monitoreo del aire" in get(address + CASE)[1])


def test_a_page_asks_for_news_and_is_told_when_something_changed(repository):
    with preview(repository) as address:
        assert "/-/reload.js" in get(address)[1]
        turn = re.search(r"\d+", get(f"{address}-/news?seen=")[1])[0]
        answers = []
        waiting = threading.Thread(target=lambda: answers.append(get(f"{address}-/news?seen={turn}")[1]))
        waiting.start()
        time.sleep(0.3)
        assert not answers
        term = repository / sites.BASE["term"]
        term.write_text(term.read_text("utf-8").replace("vuelve", "regresa"), "utf-8")
        waiting.join(timeout=30)
        assert int(re.search(r"\d+", answers[0])[0]) > int(turn)


def test_nothing_outside_the_built_pages_is_served(repository):
    with preview(repository) as address:
        for path in (
            "../mkdocs.yml",
            "..%2f..%2fmkdocs.yml",
            "%2e%2e/%2e%2e/state.json",
            "en/../../state.json",
            "//etc/passwd",
        ):
            status, text = get(address + path)
            assert status == 404, path
            assert "custom_dir" not in text
            assert "digest" not in text
        assert get(address + "casos")[0] == 200
        assert get(address.replace("127.0.0.1", "localhost") + "casos")[0] == 200
        for host in ("attacker.example", "127.0.0.1.attacker.example:80", "[", ""):
            asked = urllib.request.Request(f"{address}casos/", headers={"Host": host})
            assert get(asked)[0] == 403, host
        for path in ("no-existe/", "%00", "a" * 300 + "/", "casos/%00/"):
            assert get(address + path)[0] == 404, path
        for path in ("content/minutes/", "mkdocs.yml", "casos/"):
            # What the standard library offers by itself tells of any file in the working folder, to anybody.
            assert get(urllib.request.Request(address + path, method="HEAD"))[0] == 501, path
