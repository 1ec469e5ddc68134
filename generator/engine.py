"""Runs MkDocs on a staged folder; knows what is built and builds only what changed."""

import gc
import hashlib
import importlib.metadata
import json
import logging
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.base.text import Lang, Text
from generator.exports.headers import POLICY
from generator.library.editions import Edition
from generator.pages.page import ROOT
from generator.staging import Staged, remove, swap, write_atomically
from generator.thinning import thinned

ENGINES = ("mkdocs", "mkdocs-material", "pagefind", "markdown", "jinja2")
AT_A_TIME = 1500
"""Pages: with more, one run of MkDocs takes over a gigabyte."""
PART_OF_ALL = 4
"""When more than one page in this many changed, building everything is as fast as building a part."""

_UNUSED = ("assets/images", "assets/javascripts", "assets/stylesheets")
"""What the theme copies and our templates do not load: three megabytes a language."""

Menu = list[Any]


@dataclass(frozen=True, slots=True)
class Workshop:
    """The folders of one language of one edition.

    `docs` is staged, `html` is what the engine made of it, `state.json` says which staged files that was: it is
    removed before `html` is touched and written after, so that a build that was killed is seen and done again.
    """

    folder: Path
    lang: Lang

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    @property
    def html(self) -> Path:
        return self.folder / "html"

    @property
    def search(self) -> Path:
        return self.folder / "pagefind"

    @property
    def config(self) -> Path:
        return self.folder / "mkdocs.yml"

    @property
    def state(self) -> Path:
        return self.folder / "state.json"


@dataclass(frozen=True, slots=True)
class Built:
    """Which pages were built anew, and whether that was all of them."""

    files: frozenset[str]
    complete: bool


def settings(root: Path) -> dict[str, Any]:
    """`mkdocs.yml` as MkDocs reads it, with what the environment overrides."""
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415

    with (root / "mkdocs.yml").open("rb") as file:
        found: dict[str, Any] = yaml_load(file)
    return found


def site_names(common: Mapping[str, Any]) -> tuple[str, Text]:
    """The address of the Spanish root, which ends with `/`, and what the site is called."""
    name = common["site_name"]
    return f"{common['site_url'].rstrip('/')}/", Text(name, common["extra"].get("site_name_en", name))


def assets_version(root: Path) -> str:
    """Changes with any file of `overrides/assets`. In their addresses, so that no version meets another's pages."""
    digest = hashlib.blake2b(digest_size=5)
    for path in sorted((root / "overrides/assets").rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def write_config(root: Path, shop: Workshop, edition: Edition, menu: Menu) -> None:
    """The configuration of one language, derived from the one at the top; paths relative to its own folder."""
    site_url, site_name = site_names(settings(root))
    derived = {
        "INHERIT": os.path.relpath(root / "mkdocs.yml", shop.folder),
        "site_name": site_name.to(shop.lang),
        "site_url": site_url + ROOT[shop.lang],
        "docs_dir": "docs",
        "site_dir": "html",
        "theme": {"language": shop.lang, "custom_dir": os.path.relpath(root / "overrides", shop.folder)},
        "nav": menu,
        "extra": {
            "language": shop.lang,
            "root_url": site_url,
            "assets": "../" * ROOT[shop.lang].count("/") + "assets/",
            "edition": edition,
            "version": assets_version(root),
            "policy": POLICY,
        },
        "validation": {"omitted_files": "ignore"},
    }
    write_atomically(shop.config, yaml.safe_dump(derived, allow_unicode=True, sort_keys=False).encode())


def run(root: Path, shop: Workshop, staged: Staged, *, published: bool = True) -> Built:
    """Brings `html` in line with the staged folder; afterwards the state says so.

    What was `published` is looked at for strangers' changes: the published site shares its files.
    """
    key = build_key(root, shop)
    known = _read_state(shop, key)
    foreign = _written_by_others(shop) if known and published else frozenset()
    changed = {
        file for file, digest in staged.digests.items() if known.get(file) != digest or output_of(file) in foreign
    }
    gone = known.keys() - staged.digests.keys()
    if not known or not shop.html.is_dir() or len(changed) * PART_OF_ALL > len(staged.digests):
        shop.state.unlink(missing_ok=True)
        fresh = shop.folder / "fresh"
        remove(fresh)
        _build_all(shop, sorted(staged.digests), fresh)
        swap(fresh, shop.html)  # a preview goes on serving the old pages until the new ones are whole
        shutil.rmtree(fresh, ignore_errors=True)
        _write_state(shop, key, staged.digests)
        return Built(frozenset(staged.digests), complete=True)
    if changed or gone:
        shop.state.unlink(missing_ok=True)
        for file in gone:
            _remove(shop.html, output_of(file))
        if changed:
            _build_changed(shop, changed)
        _write_state(shop, key, staged.digests)
    return Built(frozenset(changed | gone), complete=False)


def _remove(html: Path, file: str) -> None:
    """Removes a file and the folders that it leaves empty: a folder's name says what was in it."""
    (html / file).unlink(missing_ok=True)
    for folder in (html / file).parents:
        if folder == html or (folder.is_dir() and any(folder.iterdir())):
            return
        if folder.is_dir():
            folder.rmdir()


def output_of(file: str) -> str:
    """The file that the engine makes of a staged one."""
    return f"{file.removesuffix('.md')}.html" if file.endswith(".md") else file


def build_key(root: Path, shop: Workshop) -> str:
    """Changes with whatever shapes every page: configuration, theme, versions. Another key means a full build."""
    parts = [shop.config.read_bytes(), json.dumps(settings(root), default=str, sort_keys=True).encode()]
    parts += [importlib.metadata.version(name).encode() for name in ENGINES]
    parts += [path.read_bytes() for path in sorted((root / "overrides").rglob("*")) if path.is_file()]
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).hexdigest()


def _build_all(shop: Workshop, files: Sequence[str], html: Path) -> None:
    """Builds every page, not too many at a time: MkDocs keeps all it has read until it has written all."""
    if len(files) <= AT_A_TIME:
        _mkdocs(shop.config, shop.docs, html)
        return
    for first in range(0, len(files), AT_A_TIME):
        out = _build_part(shop, files[first : first + AT_A_TIME])
        shutil.copytree(out, html, copy_function=os.replace, dirs_exist_ok=True)
        shutil.rmtree(out)


def _build_changed(shop: Workshop, changed: Iterable[str]) -> None:
    out = _build_part(shop, changed)
    for file in changed:
        target = shop.html / output_of(file)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Replaced, never written in place: the published site shares these files.
        (out / output_of(file)).replace(target)
    shutil.rmtree(out)


def _build_part(shop: Workshop, files: Iterable[str]) -> Path:
    """Builds some pages alone, and says where. A page's bytes depend on the configuration and its own staged file only,
    so that they are the same as in a full build; the menu's pages are there too, because every page shows the menu.
    """
    part, out = shop.folder / "part", shop.folder / "part-html"
    for folder in (part, out):
        remove(folder)
    for file in {*files, *(entry for entry in _menu_files(shop) if (shop.docs / entry).exists())}:
        (part / file).parent.mkdir(parents=True, exist_ok=True)
        os.link(shop.docs / file, part / file)
    _mkdocs(shop.config, part, out)
    shutil.rmtree(part)
    return out


def _written_by_others(shop: Workshop) -> frozenset[str]:
    """Built files that are newer than the state: the published site shares them, and a tool may have changed it."""
    built = shop.state.stat().st_mtime_ns
    found = (os.path.join(folder, name) for folder, _, names in os.walk(shop.html) for name in names)  # noqa: PTH118
    return frozenset(os.path.relpath(path, shop.html) for path in found if os.stat(path).st_mtime_ns > built)  # noqa: PTH116


def _menu_files(shop: Workshop) -> set[str]:
    def files(entry: Any) -> Iterable[str]:
        if isinstance(entry, str):
            yield entry
        for inner in entry if isinstance(entry, list) else entry.values() if isinstance(entry, dict) else ():
            yield from files(inner)

    return set(files(yaml.safe_load(shop.config.read_text("utf-8"))["nav"]))


def _mkdocs(config: Path, docs: Path, html: Path) -> None:
    # Imported here: to check the records takes no engine.
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415
    from mkdocs.config import load_config  # noqa: PLC0415

    from generator.verbatim import Verbatim  # noqa: PLC0415

    # Material's notice about MkDocs 2 is for those who choose an engine, not for those who build a site.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    loaded = load_config(str(config), docs_dir=str(docs.absolute()), site_dir=str(html.absolute()))
    loaded.plugins["verbatim"] = Verbatim()
    # All that MkDocs makes lives until it has written all: to look for garbage on the way finds none and takes long.
    gc.disable()
    mkdocs_build(loaded)
    gc.enable()
    for leftover in _UNUSED:
        shutil.rmtree(html / leftover, ignore_errors=True)
    for asset in (html / "assets").glob("kb*"):
        asset.write_text(thinned(asset.name, asset.read_text("utf-8")), "utf-8")


def _read_state(shop: Workshop, key: str) -> Mapping[str, str]:
    try:
        state = json.loads(shop.state.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    digests: Mapping[str, str] = state["files"] if state.get("key") == key else {}
    return digests


def _write_state(shop: Workshop, key: str, digests: Mapping[str, str]) -> None:
    write_atomically(shop.state, json.dumps({"key": key, "files": digests}, sort_keys=True).encode())
