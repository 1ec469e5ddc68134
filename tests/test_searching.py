"""The search index on disk: what is made anew when pages change."""

import json
from pathlib import Path

import pytest

from generator import searching
from generator.engine import Workshop
from generator.staging import Staged

PAGE = '---\ntitle: {0}\n---\n\n<main data-pagefind-body><h1 id="{0}">{0}</h1><p>{1}</p></main>\n'


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.setattr(searching, "PAGES_A_BUNDLE", 2)
    return Workshop(tmp_path, "es")


def update(shop: Workshop, pages: dict[str, str]) -> None:
    shop.docs.mkdir(exist_ok=True)
    for name, words in pages.items():
        (shop.docs / f"{name}.md").write_text(PAGE.format(name, words), "utf-8")
    searching.update_index(
        shop, Staged({f"{name}.md": words for name, words in pages.items()}, frozenset(), frozenset())
    )


def entries(index: Path) -> dict[str, int]:
    """The file that says what a bundle holds, by the bundle's place."""
    found = index.rglob("pagefind-entry.json")
    return {path.parent.relative_to(index).as_posix(): path.stat().st_ino for path in found}


def test_a_changed_page_makes_its_own_bundle_anew_and_no_other(shop):
    pages = {name: f"agua de {name}" for name in "abcdef"}
    update(shop, pages)
    before = entries(shop.search)
    assert before.keys() == {".", "2", "3"}
    update(shop, pages | {"c": "canon minero"})
    after = entries(shop.search)
    assert {place for place in after if after[place] != before[place]} == {"2"}


def test_bundles_that_are_needed_no_more_are_gone(shop):
    pages = {name: f"agua de {name}" for name in "abcdef"}
    update(shop, pages)
    update(shop, {name: pages[name] for name in "abc"})
    assert entries(shop.search).keys() == {".", "2"}
    assert json.loads((shop.search / "bundles.json").read_text("utf-8")) == ["2"]


def test_an_index_whose_making_was_broken_off_is_made_again(shop, monkeypatch):
    pages = {name: f"agua de {name}" for name in "abcd"}
    update(shop, pages)

    def broken(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(searching, "write_atomically", broken)
        with pytest.raises(KeyboardInterrupt):
            update(shop, pages | {"c": "canon minero"})
    half_done = entries(shop.search)
    update(shop, pages)
    assert entries(shop.search)["2"] != half_done["2"]
