"""`kb translate`: a file to type over, that cannot pass for a translation before it is one."""

import shutil

import pytest
import sites

from generator import cli, commands
from generator.checking import Checker
from generator.editing.translating import translation_text
from generator.library import decoded
from generator.library.decoded import content_version
from generator.model.fields import about

CASE = sites.BASE["case"]
ENGLISH = CASE.replace(".md", ".en.md")


def kb(folder, *words, lang="es"):
    return cli.main(["--root", str(folder), "--lang", lang, *words])


@pytest.fixture
def site(tmp_path):
    return sites.make_site(tmp_path)


def test_the_file_holds_the_words_of_the_original_each_marked(site):
    assert kb(site, "translate", "mesa-ejemplo") == commands.DONE
    text = (site / ENGLISH).read_text("utf-8")
    assert text.startswith("---\ntranslation: human\ntranslated_from: ")
    assert "# TODO: translate “title” (Title) and delete this line\ntitle: Monitoreo del agua en el valle\n" in text
    assert "\n## What was done\n\nTODO: translate this part and delete this line.\n" in text
    assert "\nactors:\n- {}\n- name: Comunidades del valle\n" in text
    assert "created:" not in text


def test_every_mark_is_said_at_its_line_and_without_them_it_passes(site):
    kb(site, "translate", "mesa-ejemplo")
    found = Checker(site).check().report.diagnostics
    assert {it.rule.code for it in found} == {"KB604"}
    text = (site / ENGLISH).read_text("utf-8")
    assert [it.start.line for it in found] == [n for n, line in enumerate(text.split("\n"), 1) if "TODO:" in line]
    (site / ENGLISH).write_text("\n".join(line for line in text.split("\n") if "TODO:" not in line), "utf-8")
    assert kb(site, "check") == commands.DONE
    assert sites.findings(site).count("KB604") == 0


def test_every_real_record_gives_a_translation_that_only_needs_its_marks_removed(tmp_path):
    for top in ("cases", "content"):
        shutil.copytree(sites.ROOT / top, tmp_path / top)
    checker = Checker(tmp_path)
    before = checker.check()
    drafts = {}
    for record in before.assembly.records.values():
        path = record.path.removesuffix(".md") + ".en.md"
        if path in before.assembly.places:
            text = translation_text(record, "en")
            drafts[path] = "\n".join(line for line in text.split("\n") if "TODO:" not in line).encode()
    assert len(drafts) > 100
    said = [f"{it.source.path} {it.rule.code}" for it in checker.check(drafts).report.diagnostics]
    assert said == []


def test_one_that_is_there_is_never_written_over(site, capsys):
    kb(site, "translate", "mesa-ejemplo")
    before = (site / ENGLISH).read_bytes()
    capsys.readouterr()
    assert kb(site, "translate", "mesa-ejemplo") == commands.DONE
    assert capsys.readouterr().out == f"{ENGLISH} está al día\n"
    assert (site / ENGLISH).read_bytes() == before
    (site / ENGLISH).write_text("---\ntranslation: machine\n---\n", "utf-8")
    kb(site, "translate", "mesa-ejemplo")
    assert "no dice de qué versión es" in capsys.readouterr().out


def test_what_changed_since_is_shown_from_the_history(site, capsys):
    kb(site, "translate", "mesa-ejemplo")
    original = site / CASE
    good = original.read_text("utf-8")
    original.write_text(good.replace("result: mixed", "result: success"), "utf-8")
    capsys.readouterr()
    kb(site, "translate", "mesa-ejemplo", lang="en")
    assert "not in the history" in capsys.readouterr().out
    original.write_text(good, "utf-8")
    sites.commit(site)
    original.write_text(
        good.replace("result: mixed", "result: success").replace("created: 2026", "created: 2025"), "utf-8"
    )
    kb(site, "translate", "mesa-ejemplo")
    said = capsys.readouterr().out
    assert "-result: mixed\n+result: success\n" in said
    assert "translated_from: " in said


@pytest.mark.parametrize("name", ["nada", "../mesa-ejemplo", "page:es/inicio", ""])
def test_what_cannot_be_translated_is_wrong_use(name, site, capsys):
    assert kb(site, "translate", name) == commands.WRONG_USE
    assert capsys.readouterr().err


def test_a_team_is_translated_and_a_publisher_only_where_the_translator_says_so(site):
    original = (site / CASE).read_text("utf-8")
    (site / CASE).write_text(original.replace("- title: Informe", "- publisher: Blog\n  title: Informe"), "utf-8")
    kb(site, "translate", "mesa-ejemplo")
    text = (site / ENGLISH).read_text("utf-8")
    assert "\nauthors:\n- name: Equipo editorial\n" in text
    assert "publisher" not in text
    lines = [line for line in text.split("\n") if "TODO:" not in line]
    english = "\n".join(lines).replace("Equipo editorial\n", "Editorial team\nsources:\n- publisher: A blog\n")
    (site / ENGLISH).write_text(english, "utf-8")
    shown = Checker(site).check().assembly.translated["mesa-ejemplo", "en"]
    assert (shown.authors[0].name, shown.sources[0].publisher) == ("Editorial team", "A blog")


def test_every_translation_of_the_real_records_says_of_which_version_it_is():
    translations = [
        path for path in sites.ROOT.rglob("*.en.md") if path.parts[len(sites.ROOT.parts)] in ("cases", "content")
    ]
    assert len(translations) > 100
    assert [path.name for path in translations if "\ntranslated_from: " not in path.read_text("utf-8")] == []
    assert "KB510" not in {found.rule.code for found in Checker(sites.ROOT).check().report.diagnostics}


def test_no_translation_ages_because_the_model_learns_a_field(site, monkeypatch):
    record = Checker(site).check().assembly.records["mesa-ejemplo"]
    first = content_version(record)
    learned = type(record).model_fields | {"later": about("Luego", "Later", hint=("Diga.", "Say."), default=None)}
    monkeypatch.setattr(type(record), "__pydantic_fields__", learned)
    vars(record)["later"] = None
    decoded._read_again.cache_clear()
    assert content_version(record) == first
    vars(record)["later"] = "something"
    assert content_version(record) != first
    decoded._read_again.cache_clear()


@pytest.mark.parametrize("words", ["{}", "{alt: Un río visto desde lejos}"])
def test_a_translation_cannot_bring_a_group_that_the_original_does_not_have(words, tmp_path):
    fields = f"translation: human\ntitle: {'Water ' * 5}\nsummary: {'Water ' * 15}\nimage: {words}\n"
    # An empty field is one that is not there.
    original = sites.fields("cases/agua.md", "image:\n")
    printed = sites.check(tmp_path, [original, sites.file("cases/agua.en.md", f"---\n{fields}---\n")])
    assert printed.count("[KB509]") == 1
    assert "las entradas de «image» son 1 aquí y 0 en el original" in printed
