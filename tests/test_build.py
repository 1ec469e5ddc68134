"""Building: what is staged, what the engine makes of it, what is published, and when."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import sites

from generator import commands, engine
from generator.base.text import LANGUAGES
from generator.checking import Checker
from generator.library.editions import select
from generator.pages.menu import menu
from generator.pages.plan import plan
from generator.pages.view import Site
from generator.pipeline import Pipeline
from generator.staging import Stage

pytestmark = pytest.mark.slow
KB = Path(sys.executable).with_name("kb")


@pytest.fixture
def repository(tmp_path):
    """A small site with the real configuration and theme."""
    return engine_ready(sites.make_site(tmp_path / "repository"))


def engine_ready(folder):
    shutil.copy(sites.ROOT / "mkdocs.yml", folder)
    shutil.copytree(sites.ROOT / "overrides", folder / "overrides")
    return folder


def build(folder, *, epoch="1700000000", **environment):
    return subprocess.run(
        [KB, "build"],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": epoch, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(folder, path, old, new):
    file = folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_both_languages_and_their_search_index_are_built(repository):
    done = build(repository)
    assert done.returncode == 0, done.stderr
    site = tree(repository / "site")
    assert {"index.html", "en/index.html", "404.html", "en/404.html", "sitemap.xml", "robots.txt"} <= site.keys()
    assert {"casos/mesa-ejemplo/index.html", "en/cases/mesa-ejemplo/index.html"} <= site.keys()
    assert {"pagefind/pagefind.js", "en/pagefind/pagefind.js"} <= site.keys()
    assert "site/index.html" in done.stdout


def test_two_builds_from_clean_give_identical_bytes(repository):
    build(repository)
    first = tree(repository / "site")
    shutil.rmtree(repository / "build")
    shutil.rmtree(repository / "site")
    build(repository)
    assert tree(repository / "site") == first


def test_an_incremental_build_is_byte_for_byte_a_full_one(repository):
    build(repository)
    edit(repository, sites.BASE["case"], "title: Monitoreo del agua en el valle", "title: Otro nombre")
    sites.write(repository, "cases/nuevo.md", (repository / sites.BASE["case"]).read_bytes())
    (repository / sites.BASE["term"]).unlink()
    build(repository)
    after_edit = tree(repository / "site")
    shutil.rmtree(repository / "build")
    build(repository)
    assert tree(repository / "site") == after_edit
    assert b"Otro nombre" in after_edit["casos/index.html"]


def test_building_again_without_changes_touches_no_page(repository):
    pipeline = Pipeline(repository)
    checked = Checker(repository).check()
    pipeline.build(checked, "public")
    for lang in LANGUAGES:
        shop = pipeline.shop("public", lang)
        staged = Pipeline(repository).stage(
            select(checked.assembly, checked.assets, "public"), "public", lang, _day(repository)
        )
        assert not staged.written
        assert not staged.removed
        assert engine.run(repository, shop, staged).files == frozenset()


def test_one_edit_builds_few_pages_and_a_new_theme_builds_all(repository):
    pipeline = Pipeline(repository)
    pipeline.build(Checker(repository).check(), "public")
    edit(repository, sites.BASE["case"], "Aquí va el texto", "Aquí fue el texto")
    checked = Checker(repository).check()
    library = select(checked.assembly, checked.assets, "public")
    shop = pipeline.shop("public", "es")
    built = engine.run(repository, shop, pipeline.stage(library, "public", "es", _day(repository)))
    assert built.files == {"casos/mesa-ejemplo/index.md"}
    assert not built.complete
    (repository / "overrides/new.html").write_text("", "utf-8")
    assert engine.run(repository, shop, pipeline.stage(library, "public", "es", _day(repository))).complete


def test_the_engine_changes_no_byte_of_our_html(repository):
    pipeline = Pipeline(repository)
    pipeline.build(Checker(repository).check(), "public")
    shop = pipeline.shop("public", "es")
    for staged in shop.docs.rglob("*.md"):
        html = staged.read_text("utf-8").split("\n---\n", 1)[1].strip()
        made = (shop.html / engine.output_of(staged.relative_to(shop.docs).as_posix())).read_text("utf-8")
        assert html in made, staged


def test_errors_leave_the_last_good_site_untouched(repository):
    build(repository)
    before = tree(repository / "site")
    edit(repository, sites.BASE["case"], "result: mixed", "result: bueno")
    done = build(repository)
    assert done.returncode == commands.ERRORS
    assert "KB310" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(repository / "site") == before


def test_nothing_outside_the_build_folders_is_written(repository):
    before = {path for path in repository.rglob("*") if path.is_file()}
    build(repository)
    new = {path.relative_to(repository).parts[0] for path in set(repository.rglob("*")) - before if path.is_file()}
    assert new == {"build", "site"}


def test_a_site_under_a_sub_path_has_no_address_from_the_root(repository):
    done = build(repository, KB_SITE_URL="https://example.org/sub/path/")
    assert done.returncode == 0
    for path in (repository / "site").rglob("*.html"):
        if path.name == "404.html":
            continue  # served from any depth: its addresses start at the site's own root
        assert not re.search(r'(?:href|src|action)="/', path.read_text("utf-8")), path
    assert b"https://example.org/sub/path/en/" in (repository / "site/sitemap.xml").read_bytes()


def test_every_link_of_the_real_site_leads_somewhere(real_site):
    """No address that leaves the set, no anchor without its place, in either language."""
    broken = []
    anchors = {}
    for path in real_site.rglob("*.html"):
        anchors[path] = set(re.findall(r'\bid="([^"]+)"', path.read_text("utf-8")))
    for path in anchors:
        if path.name == "404.html":
            continue
        for found in set(re.findall(r'href="([^"]+)"', path.read_text("utf-8"))):
            if re.match(r"[a-z]+:", found):
                continue
            address, _, anchor = found.partition("#")
            address = address.partition("?")[0]
            target = (path.parent / address).resolve() if address else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (anchor and target in anchors and anchor not in anchors[target]):
                broken.append((path.relative_to(real_site).as_posix(), found))
    assert not broken


def test_every_page_says_its_twin_and_the_twin_says_it_back(real_site):
    for path in real_site.rglob("index.html"):
        text = path.read_text("utf-8")
        found = re.findall(r'<link rel="alternate" hreflang="(es|en)" href="([^"]+)"', text)
        found += [
            (lang, href) for href, lang in re.findall(r'<link rel="alternate" href="([^"]+)" hreflang="(es|en)"', text)
        ]
        twins = dict(found)
        assert twins.keys() == {"es", "en"}, path
        relative = path.relative_to(real_site).as_posix().removesuffix("index.html")
        own = "en" if relative.startswith("en/") else "es"
        assert twins[own].endswith(f"/{relative}"), path


def test_records_are_never_in_the_menu():
    checked = Checker(sites.ROOT).check()
    library = select(checked.assembly, checked.assets, "public")
    entries = str(menu(Site(library, "es", date(2026, 11, 23))))
    assert "casos/index.md" in entries
    assert not any(record_id in entries for record_id in library.records if len(record_id) > 12)


def test_staging_writes_only_what_changed_and_deletes_what_went(tmp_path):
    folder = sites.make_site(tmp_path / "repository")
    checker = Checker(folder)

    def staged(stage):
        checked = checker.check()
        library = select(checked.assembly, checked.assets, "public")
        return stage.write(plan(Site(library, "es", date(2026, 1, 1)), ()), {})

    stage = Stage(tmp_path / "docs", "es")
    first = staged(stage)
    assert first.written == first.digests.keys()
    assert not staged(stage).written
    (folder / sites.BASE["practice"]).unlink()
    again = staged(stage)
    assert again.removed == {"buenas-practicas/practica-ejemplo/index.md"}
    assert "buenas-practicas/index.md" in again.written
    fresh = Stage(tmp_path / "docs", "es")
    assert not staged(fresh).written


def _day(folder):
    from generator.pipeline import build_date

    return build_date(folder)


def test_a_file_that_a_tool_wrote_into_is_built_anew(repository):
    build(repository)
    good = (repository / "site/casos/index.html").read_bytes()
    with (repository / "site/casos/index.html").open("r+b") as file:
        file.write(b"<!-- by a tool -->")
    build(repository)
    assert (repository / "site/casos/index.html").read_bytes() == good


def test_an_old_address_leads_to_the_record_and_attachments_lie_beside_their_page(repository):
    sites.write(repository, "cases/mesa-ejemplo/plano.csv", b"a,b\n")
    edit(repository, sites.BASE["case"], "created:", "aliases: [mesa-antigua]\ncreated:")
    assert build(repository).returncode == 0
    for path, target in (("casos/mesa-antigua", "casos"), ("en/cases/mesa-antigua", "en/cases")):
        page = (repository / "site" / path / "index.html").read_text("utf-8")
        assert 'http-equiv="refresh" content="0; url=../../' in page
        assert f"/{target}/mesa-ejemplo/" in page
    assert (repository / "site/casos/mesa-ejemplo/plano.csv").read_bytes() == b"a,b\n"


def test_no_page_asks_anything_of_a_third_party_or_names_a_file_that_is_not_there(real_site):
    for path in real_site.rglob("*.html"):
        text = path.read_text("utf-8")
        for found in re.findall(
            r'<(?:script|img|link rel="(?:stylesheet|icon)[^>]*|source|iframe)[^>]*?(?:src|href)="([^"]+)"', text
        ):
            assert not re.match(r"(?:https?:)?//", found), (path, found)
            base = real_site if found.startswith("/") else path.parent
            assert (base / found.lstrip("/").partition("?v=")[0]).resolve().is_file(), (path, found)


def test_every_place_in_the_site_that_engines_may_find_is_in_its_map(real_site):
    listed = set(re.findall(r"<loc>https?://[^/]+/([^<]*)</loc>", (real_site / "sitemap.xml").read_text("utf-8")))
    pages = {
        path.relative_to(real_site).as_posix().removesuffix("index.html")
        for path in real_site.rglob("index.html")
        if '<meta name="robots" content="noindex">' not in path.read_text("utf-8")
    }
    assert listed == pages


def test_pages_built_a_few_at_a_time_are_the_same(repository, monkeypatch):
    done = Pipeline(repository, work="whole").build(Checker(repository).check(), "public")
    whole = tree(done)
    monkeypatch.setattr(engine, "AT_A_TIME", 40)
    assert tree(Pipeline(repository, work="few").build(Checker(repository).check(), "public")) == whole
