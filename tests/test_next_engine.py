"""Other engines on the staged folders: MkDocs alone makes the same bytes, Zensical the same addresses and links."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sites

from generator.base.text import LANGUAGES
from generator.checking import Checker
from generator.library.editions import select
from generator.pipeline import Pipeline, build_date

pytestmark = pytest.mark.slow


def addresses(html):
    return {path.relative_to(html).as_posix() for path in html.rglob("index.html")}


def edit_links(html):
    return {
        path.relative_to(html).as_posix(): sorted(re.findall(r'href="([^"]+/edit/[^"]+)"', path.read_text("utf-8")))
        for path in html.rglob("index.html")
    }


def run(program, *arguments, folder):
    command = [Path(sys.executable).with_name(program), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def shops(tmp_path_factory):
    """The folders of both languages of the real site, staged and built by us."""
    root = tmp_path_factory.mktemp("real")
    for name in ("cases", "content", "overrides"):
        shutil.copytree(sites.ROOT / name, root / name)
    shutil.copy(sites.ROOT / "mkdocs.yml", root)
    pipeline = Pipeline(root)
    checked = Checker(root).check()
    assert not checked.report.has_errors
    library = select(checked.assembly, checked.assets, "public")
    pipeline.build(checked, "public")
    for lang in LANGUAGES:
        pipeline.stage(library, "public", lang, build_date(root))
    return [pipeline.shop("public", lang) for lang in LANGUAGES]


def test_mkdocs_alone_makes_the_same_bytes(shops, tmp_path):
    for shop in shops:
        run("mkdocs", "build", "--quiet", "--site-dir", tmp_path / shop.lang, folder=shop.folder)
        pages = {path.relative_to(shop.html) for path in shop.html.rglob("*.html")}
        assert len(pages) > 300
        for page in pages:
            assert (tmp_path / shop.lang / page).read_bytes() == (shop.html / page).read_bytes(), page


def test_zensical_finds_the_same_addresses_and_the_same_edit_links(shops):
    for shop in shops:
        ours = (addresses(shop.html), edit_links(shop.html))
        kept = shop.html.rename(shop.folder / "ours")
        run("zensical", "build", "-f", shop.config.name, "--clean", folder=shop.folder)
        theirs = (addresses(shop.html), edit_links(shop.html))
        shutil.rmtree(shop.html)
        kept.rename(shop.html)
        assert theirs == ours
        assert any(ours[1].values())
