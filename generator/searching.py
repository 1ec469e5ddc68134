"""The search index of a staged site, made by Pagefind; the same bytes for the same pages."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import cbor2
import frontmatter

from generator.base.text import Lang
from generator.engine import Workshop, output_of
from generator.staging import Staged, remove, swap, write_atomically

PAGES_A_BUNDLE = 1500
"""Pagefind takes up to 0.8 MB of memory a page."""
_ASKS = "data-pagefind-body"
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
    stamp = shop.folder / "search.stamp"
    wanted = hashlib.blake2b(json.dumps(staged.digests, sort_keys=True).encode()).hexdigest()
    if shop.search.is_dir() and stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    index_for_search(shop.docs, staged.digests, shop.search, shop.lang)
    write_atomically(stamp, wanted.encode())


def index_for_search(docs: Path, files: Iterable[str], index: Path, lang: Lang) -> None:
    """Indexes those staged files that ask for it into the folder `index`; the old one stays until the new is whole.

    Many pages make several bundles, which the reader's browser merges: `bundles.json` names those beside the first.
    """
    beside = index.with_name(f"{index.name}.next")
    remove(beside)
    asking = sorted(file for file in files if file.endswith(".md") and _ASKS in _read_text(docs / file))
    groups = [asking[first : first + PAGES_A_BUNDLE] for first in range(0, len(asking), PAGES_A_BUNDLE)] or [[]]
    others = [str(number) for number in range(2, len(groups) + 1)]
    for place, group in zip(("", *others), groups, strict=True):
        _bundle({output_of(file): _html(docs / file) for file in group}, beside / place, lang)
    (beside / "bundles.json").write_text(json.dumps(others), "utf-8")
    swap(beside, index)
    shutil.rmtree(beside, ignore_errors=True)


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""  # a preview staged again meanwhile, and will ask again


def _html(staged: Path) -> str:
    """The block of HTML of a staged page, and of its facts for the theme those that are for the search."""
    page = frontmatter.loads(_read_text(staged))
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
    if shutil.which("nice"):
        command = ["nice", *command]  # in a preview, pages come first
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
