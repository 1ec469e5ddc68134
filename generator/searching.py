"""The search index of a staged site, made by Pagefind; the same bytes for the same pages."""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any

import cbor2
import frontmatter

from generator.base.text import Lang
from generator.engine import Workshop, output_of
from generator.staging import Staged, remove, swap, write_atomically

PAGES_A_BUNDLE = 1500
"""Pagefind takes up to 0.8 MB of memory a page."""
_ASKS = b"data-pagefind-body"
_PARTS = {
    'class="kb-sheet"': 'data-pagefind-weight="0.5"',
    'class="kb-sources"': 'data-pagefind-weight="0.2"',
    'class="kb-related"': 'data-pagefind-ignore="all"',
    'class="kb-colophon"': 'data-pagefind-ignore="all"',
    # Else an excerpt says 202314 for 2023 and its source 14.
    'href="#fuente_': "data-pagefind-ignore",
}
"""What the index is told of the parts of a record's page, by an attribute of theirs."""
_MAGIC = b"pagefind_dcd"


def update_index(shop: Workshop, staged: Staged) -> None:
    """Indexes the staged pages of a language, unless that was done since they changed.

    What the engine adds to a page is not searched, so that it may work at the same time. The stamp beside the index
    says of which pages it is: a build that was killed between the two is seen here.
    """
    stamp = shop.folder / "search.json"
    bundles = bundles_of(shop.docs, staged.digests)
    wanted = {place: _digest({file: staged.digests[file] for file in files}) for place, files in bundles.items()}
    known = json.loads(stamp.read_text("utf-8")) if shop.search.is_dir() and stamp.exists() else {}
    if wanted == known:
        return
    stamp.unlink(missing_ok=True)
    index_for_search(shop, bundles, [place for place in wanted if wanted[place] == known.get(place)])
    write_atomically(stamp, json.dumps(wanted).encode())


def bundles_of(docs: Path, files: Iterable[str]) -> dict[str, list[str]]:
    """Those staged files that ask to be searched, by the bundle's place in the index; the first is at the top."""
    asking = sorted(file for file in files if file.endswith(".md") and _ASKS in _read(docs / file))
    groups = [asking[first : first + PAGES_A_BUNDLE] for first in range(0, len(asking), PAGES_A_BUNDLE)] or [[]]
    return {str(number) if number > 1 else "": group for number, group in enumerate(groups, start=1)}


def index_for_search(shop: Workshop, bundles: Mapping[str, list[str]], same: Container[str] = ()) -> None:
    """Indexes bundles of staged files but those that are the `same` as before; the old index stays until all is there.

    The reader's browser merges them: `bundles.json` names those beside the first.
    """
    beside = shop.search.with_name(f"{shop.search.name}.next")
    remove(beside)
    for place, files in bundles.items():
        if place in same:
            shutil.copytree(shop.search / place, beside / place, copy_function=os.link, ignore=_not_its_own)
        else:
            _bundle({output_of(file): _html(shop.docs / file) for file in files}, beside / place, shop.lang)
    (beside / "bundles.json").write_text(json.dumps([place for place in bundles if place]), "utf-8")
    swap(beside, shop.search)
    shutil.rmtree(beside, ignore_errors=True)


def _not_its_own(_folder: str, names: list[str]) -> list[str]:
    """What lies in the folder of the first bundle and is no part of it."""
    return [name for name in names if name.isdigit() or name == "bundles.json"]


def _digest(files: Mapping[str, str]) -> str:
    return hashlib.blake2b(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""  # a preview staged again meanwhile, and will ask again


def _html(staged: Path) -> str:
    """The block of HTML of a staged page, and of its facts for the theme those that are for the search."""
    page = frontmatter.loads(_read(staged).decode())
    html = page.content
    for part, told in _PARTS.items():
        html = html.replace(part, f"{told} {part}")
    return f"<html>{page.metadata.get('search_marks', '')}{html}</html>"


def _bundle(pages: Mapping[str, str], bundle: Path, lang: Lang) -> None:
    """Indexes pages, given by the place where a reader finds them."""
    folder = bundle.with_name(f"{bundle.name}.pages")
    remove(folder)
    folder.mkdir(parents=True)
    for place, html in pages.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(html, "utf-8")
    command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--force-language", lang, "--quiet"]
    done = subprocess.run([*command, "--output-path", str(bundle)], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        refused = re.search(r"\(os error (\d+)\)", done.stderr)  # how Rust words what the machine refused
        raise OSError(int(refused[1]), refused[0], str(bundle)) if refused else RuntimeError(done.stderr)
    shutil.rmtree(folder)
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
        meta = _read_part(meta_file)
        filters = meta[3]
        for pair in filters:
            pair[1] = _sorted_filter(index / "filter", lang, pair[1])
        filters.sort()
        meta_file.unlink()
        facts["hash"] = _write_part(index, "pagefind.{}.pf_meta", lang, meta, length=10)
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), "utf-8")


def _sorted_filter(folder: Path, lang: str, name: str) -> str:
    file = folder / f"{name}.pf_filter"
    content = _read_part(file)
    content[1].sort()
    file.unlink()
    return _write_part(folder, "{}.pf_filter", lang, content, length=7)


def _read_part(file: Path) -> Any:
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(_MAGIC))


def _write_part(folder: Path, pattern: str, lang: str, content: Any, *, length: int) -> str:
    data = cbor2.dumps(content)
    name = f"{lang}_{hashlib.sha1(data, usedforsecurity=False).hexdigest()[:length]}"
    (folder / pattern.format(name)).write_bytes(gzip.compress(_MAGIC + data, mtime=0))
    return name
