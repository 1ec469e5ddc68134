"""The search index of a built site, made by Pagefind; the same bytes for the same pages."""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cbor2

from generator.base.text import Lang
from generator.engine import Workshop
from generator.staging import swap, write_atomically

PAGES_A_BUNDLE = 1500
"""Pagefind takes up to 0.8 MB of memory a page."""
_ASKS = b"data-pagefind-body"
_MAGIC = b"pagefind_dcd"


def update_index(shop: Workshop) -> None:
    """Indexes the built pages of a language, unless that was done since they were built.

    The stamp beside the index says of which pages it is: a build that was killed between the two is seen here.
    """
    stamp = shop.folder / "search.stamp"
    try:
        wanted = hashlib.blake2b(shop.state.read_bytes()).hexdigest()
    except FileNotFoundError:
        return  # a preview is building these pages at this moment, and will ask again
    if shop.search.is_dir() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    index_for_search(shop.html, shop.search, shop.lang)
    write_atomically(stamp, wanted.encode())


def index_for_search(html: Path, index: Path, lang: Lang) -> None:
    """Indexes the pages of `html` that ask for it into the folder `index`; the old one stays until the new is whole.

    Many pages make several bundles, which the reader's browser merges: `bundles.json` names those beside the first.
    """
    beside = index.with_name(f"{index.name}.next")
    shutil.rmtree(beside, ignore_errors=True)
    asking = sorted(page for page in html.rglob("index.html") if _ASKS in page.read_bytes())
    groups = [asking[first : first + PAGES_A_BUNDLE] for first in range(0, len(asking), PAGES_A_BUNDLE)] or [[]]
    others = [str(number) for number in range(2, len(groups) + 1)]
    for place, group in zip(("", *others), groups, strict=True):
        _bundle(html, group, beside / place, lang)
    (beside / "bundles.json").write_text(json.dumps(others), "utf-8")
    swap(beside, index)
    shutil.rmtree(beside, ignore_errors=True)


def _bundle(html: Path, asking: Sequence[Path], bundle: Path, lang: Lang) -> None:
    """Pagefind would read every page whole before it sees that some are not for it: it is given those that ask."""
    pages = bundle.with_name(f"{bundle.name}.pages")
    shutil.rmtree(pages, ignore_errors=True)
    pages.mkdir(parents=True)
    for page in asking:
        place = pages / page.relative_to(html)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.link(page, place)
    command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--force-language", lang, "--quiet"]
    if shutil.which("nice"):
        command = ["nice", *command]  # in a preview, pages come first
    subprocess.run([*command, "--output-path", str(bundle)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    shutil.rmtree(pages)
    for interface in ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight"):
        for file in bundle.glob(f"{interface}.*"):
            file.unlink()  # interfaces of Pagefind's own: the site has its own
    _put_in_order(bundle)


def _put_in_order(index: Path) -> None:
    """Pagefind writes filters and their values in the order of a hash table, another one each time: sort them.

    A chunk's name is a hash of its content; the meta file names the chunks, and the entry file the meta file.
    """
    entry_file = index / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text("utf-8"))
    for lang, facts in entry["languages"].items():
        meta_file = index / f"pagefind.{facts['hash']}.pf_meta"
        meta = _read(meta_file)
        filters = meta[3]
        for pair in filters:
            pair[1] = _sorted_filter(index / "filter", lang, pair[1])
        filters.sort()
        meta_file.unlink()
        facts["hash"] = _write(index, "pagefind.{}.pf_meta", lang, meta, length=10)
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), "utf-8")


def _sorted_filter(folder: Path, lang: str, name: str) -> str:
    file = folder / f"{name}.pf_filter"
    content = _read(file)
    content[1].sort()
    file.unlink()
    return _write(folder, "{}.pf_filter", lang, content, length=7)


def _read(file: Path) -> Any:
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(_MAGIC))


def _write(folder: Path, pattern: str, lang: str, content: Any, *, length: int) -> str:
    data = cbor2.dumps(content)
    name = f"{lang}_{hashlib.sha1(data, usedforsecurity=False).hexdigest()[:length]}"
    (folder / pattern.format(name)).write_bytes(gzip.compress(_MAGIC + data, mtime=0))
    return name
