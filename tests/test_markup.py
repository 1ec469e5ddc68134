"""The whole site as it is sent: W3C's Nu checker finds no error, and every page is light."""

import gzip
import os
import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.slow

RECORD = 15_000
LIST = 60_000


def weights(site):
    for path in sorted(site.rglob("*.html")):
        html = path.read_bytes()
        kind = re.search(rb"kb-main-(\w+)", html)  # a page that only leads to another has none
        yield kind[1].decode() if kind else "", path.relative_to(site).as_posix(), len(gzip.compress(html, 9))


def test_a_record_weighs_at_most_15_kilobytes_and_any_other_page_60(real_site):
    found = list(weights(real_site))
    assert {"case", "practice", "minutes", "organization", "list"} <= {kind for kind, _, _ in found}
    records = ("case", "practice", "minutes", "organization")
    assert [each for each in found if each[2] > (RECORD if each[0] in records else LIST)] == []


def test_a_first_view_weighs_at_most_110_kilobytes(real_site):
    case = real_site / "casos/mesa-dialogo-quellaveco/index.html"
    asked = re.findall(r'(?:href|src)="([^"]*/assets/[^"?]+)', case.read_text("utf-8"))
    files = [case, *(case.parent / address for address in asked), real_site / "assets/land.svg"]
    assert len(files) > 4
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) < 110_000


def test_who_changes_the_language_fetches_no_style_or_script_twice(real_site):
    for path in real_site.rglob("*.html"):
        if path.parent.name not in ("abrir", "open"):  # the web editor is a program of its own
            for asked in re.findall(r'(?:href|src)="([^"?]*assets/[^"?]+)', path.read_text("utf-8")):
                # A page that is missing knows its own depth only from the site's address.
                there = real_site / asked.lstrip("/") if asked.startswith("/") else path.parent / asked
                assert there.resolve().parent == (real_site / "assets").resolve(), (path, asked)


def test_the_nu_checker_finds_no_error(real_site):
    jar = os.environ.get("KB_VNU_JAR")
    if not jar or not shutil.which("java"):
        pytest.skip("needs Java and the checker: npm pack vnu-jar, unpack, KB_VNU_JAR=…/vnu.jar")
    command = ["java", "-jar", jar, "--errors-only", "--skip-non-html", "--format", "gnu", str(real_site)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert checked.stderr.replace(str(real_site), "") == ""
    assert checked.returncode == 0


def test_the_menu_marks_one_list_only(real_site):
    html = (real_site / "buenas-practicas/tablero-ciudadano-canon/index.html").read_text("utf-8")
    assert re.findall(r'aria-current="true">([^<]+)', html) == ["Buenas prácticas"]
