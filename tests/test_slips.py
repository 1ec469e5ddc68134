"""What a hurried editor does to files that many others lean on: one mistake, one message, and the preview lives."""

import shutil

import pytest
import sites
from test_build import engine_ready

from generator.base.text import LANGUAGES
from generator.checking import Checker
from generator.cli import main
from generator.library.editions import select
from generator.pipeline import Pipeline, build_date

LISTS = sorted(path.name for path in (sites.ROOT / "content/vocabularies").iterdir())
BROKEN = (None, b"", b"# topics\n", b"{}", b"a: [", b"\xff\xfe\x00")
"""What may be left of one: no file, nothing in it, what is not YAML, what is not text."""


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The real records in a folder of their own, read once, and who checks them again after each change."""
    folder = tmp_path_factory.mktemp("real")
    for name in ("cases", "content"):
        shutil.copytree(sites.ROOT / name, folder / name)
    engine_ready(folder)
    return folder, Checker(folder), Pipeline(folder, work="preview")


@pytest.mark.parametrize("name", LISTS)
def test_a_vocabulary_that_nobody_can_read_is_one_mistake_whatever_leans_on_it(name, real):
    path = f"content/vocabularies/{name}"
    folder, checker, _ = real
    good = (folder / path).read_bytes()
    for slip in BROKEN if name == "topics.yml" else (None, b"a: ["):
        (folder / path).unlink(missing_ok=True)
        if slip is not None:
            (folder / path).write_bytes(slip)
        found = [each for each in checker.check().report.diagnostics if each.rule.severity == "error"]
        assert {each.source.path for each in found} == {path}, slip
        assert len(found) == 1, slip
    (folder / path).write_bytes(good)


def test_the_preview_shows_every_page_without_any_vocabulary_and_says_so(real):
    folder, checker, pipeline = real
    shutil.move(folder / "content/vocabularies", folder / "aside")
    checked = checker.check()
    library = select(checked.assembly, checked.assets, "public")
    for lang in LANGUAGES:
        assert len(pipeline.stage(library, "public", lang, build_date(folder), checked.report).digests) > 100
    shutil.move(folder / "aside", folder / "content/vocabularies")
    assert sum(found.rule.code == "KB407" for found in checked.report.diagnostics) == len(LISTS)


CASE = sites.BASE["case"]
AN_IMAGE = '<img src="mesa-ejemplo/foto.jpg">'


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Vea [el gobierno](/organizaciones/gore-moquegua/).", "¿quiso decir «../content/organizations/gore-moquegua.md»?"),
        ("Vea [el canon](/glosario/#canon).", "¿quiso decir «../content/glossary/canon.md»?"),
        ("Vea [el inicio](/inicio/).", "¿quiso decir «../content/pages/es/inicio.md»?"),
        ("Vea [el gobierno](../organizaciones/gore-moquegua/).", "¿quiso decir «../content/organizations/gore-moquegua.md»?"),
        ("Se dijo.[^1]\n\n[^1]: Nota", "aquí no hay notas al pie"),
        ("Se dijo en [^1](../content/glossary/cano.md).", "¿quiso decir «../content/glossary/canon.md»?"),
        ("Se dijo.[^1]\n\n[^1]: Una nota de varias palabras.", "aquí no hay notas al pie"),
        (AN_IMAGE, "![Qué muestra](mesa-ejemplo/foto.jpg)"),
    ],
)  # fmt: skip
def test_what_was_meant_in_the_text_is_told_once_and_how_to_write_it(typed, said, tmp_path):
    folder = sites.make_site(tmp_path)
    text = (folder / CASE).read_text("utf-8")
    (folder / CASE).write_text(f"{text}\n{typed}\n", "utf-8")
    printed = sites.findings(folder)
    assert said in printed
    assert printed.count("error[") == 1, printed


@pytest.mark.parametrize("sign", ["-", "_"])
def test_a_translation_without_the_dot_in_its_name_is_told_its_name_and_nothing_else(sign, tmp_path):
    folder = sites.make_site(tmp_path)
    translation = "---\ntranslation: human\ntitle: A round table\n---\n"
    (folder / f"cases/mesa-ejemplo{sign}en.md").write_text(translation, "utf-8")
    printed = sites.findings(folder)
    assert "«mesa-ejemplo.en.md»" in printed
    assert printed.count("error[") == 1, printed


def test_a_record_whose_name_ends_like_a_language_is_one_if_it_is_good(tmp_path):
    folder = sites.make_site(tmp_path)
    shutil.copy(folder / CASE, folder / "cases/mesa-ejemplo-es.md")
    assert "KB515" not in sites.findings(folder)


@pytest.mark.parametrize("command", ["build", "serve"])
@pytest.mark.parametrize("slip", ["overrides", "build"])
def test_a_folder_that_is_gone_or_elsewhere_is_said_in_a_sentence(slip, command, tmp_path, capsys):
    folder = engine_ready(sites.make_site(tmp_path / "here"))
    if slip == "overrides":
        (folder / slip).rename(tmp_path / slip)
    else:
        (folder / slip).symlink_to(tmp_path, target_is_directory=True)
    assert main(["--root", str(folder), command]) == 2
    said = capsys.readouterr().err.splitlines()
    assert f"«{slip}»" in said[-1]
    assert not any("Traceback" in line for line in said)


def test_a_text_that_dashes_below_made_a_heading_is_told_so(tmp_path):
    folder = sites.make_site(tmp_path)
    text = (folder / CASE).read_text("utf-8")
    (folder / CASE).write_text(f"{text}\n## Anexo\n\nUn texto.\n---\n\nOtro texto.\n", "utf-8")
    assert "la línea «---» hace un título de lo que tiene encima" in sites.findings(folder)


def test_bullets_pasted_from_a_word_processor_become_a_list_and_those_in_code_stay(tmp_path):
    folder = sites.make_site(tmp_path)
    case = folder / CASE
    text = case.read_text("utf-8")
    case.write_text(f"{text}\nFueron:\n•\tdos comunidades\n\uf0b7 una empresa\n\n```\n• así\n```\n", "utf-8")
    assert main(["--root", str(folder), "check", "--fix"]) == 0
    mended = f"{text}\nFueron:\n- dos comunidades\n- una empresa\n\n```\n• así\n```\n"
    assert case.read_text("utf-8") == mended
