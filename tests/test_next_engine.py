"""The next engine: Zensical finds in the staged folders the same addresses and the same links."""

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


def test_zensical_finds_the_same_addresses_and_the_same_edit_links(tmp_path):
    for name in ("cases", "content", "overrides"):
        shutil.copytree(sites.ROOT / name, tmp_path / name)
    shutil.copy(sites.ROOT / "mkdocs.yml", tmp_path)
    pipeline = Pipeline(tmp_path)
    checked = Checker(tmp_path).check()
    assert not checked.report.has_errors
    library = select(checked.assembly, checked.assets, "public")
    pipeline.build(checked, "public")
    for lang in LANGUAGES:
        shop = pipeline.shop("public", lang)
        pipeline.stage(library, "public", lang, build_date(tmp_path))
        ours = (addresses(shop.html), edit_links(shop.html))
        shutil.rmtree(shop.html)
        zensical = Path(sys.executable).with_name("zensical")
        done = subprocess.run(
            [zensical, "build", "-f", shop.config.name, "--clean"],
            cwd=shop.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
        assert addresses(shop.html) == ours[0]
        assert edit_links(shop.html) == ours[1]
        assert any(links for links in ours[1].values())
