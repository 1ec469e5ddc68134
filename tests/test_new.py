"""`kb new`: from nothing to a file that says what is missing; whatever is typed, it is text and stays in its place."""

import io
import os
import pty
import subprocess
import sys

import pytest
import sites

from generator import cli, commands
from generator.checking import Checker
from generator.commands.new import MOST_NAMED, _choices
from generator.editing.beginning import completed, fields_to_ask
from generator.records import RECORD_CLASSES

MISSING = {"KB301", "KB320", "KB602"}
"""What is honestly missing: fields, and texts below the sections' titles."""
CASE = [
    ("--title", "El agua del valle"),
    ("--summary", "Tres comunidades y una empresa midieron juntas el agua del valle y publicaron los datos."),
]


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return sites.make_site(tmp_path)


def new(folder, *words, lang="es"):
    return cli.main(["--root", str(folder), "--lang", lang, "new", *words])


def pairs(answers):
    return [word for pair in answers for word in pair]


@pytest.mark.parametrize("cls", RECORD_CLASSES, ids=lambda cls: cls.kind.name)
def test_a_record_of_each_type_passes_but_for_what_is_missing(cls, site, capsys):
    name = fields_to_ask(cls)[0]
    start = ("--start", "12/04/2026") if cls.kind.name == "minutes" else ()
    assert new(site, cls.kind.name, f"--{name}", "Una ficha: la primera", *start) == commands.DONE
    path = capsys.readouterr().out.split("\n")[0].removeprefix("Escrito: ")
    assert path.startswith(cls.kind.folder)
    assert path.endswith("2026-04-12-una-ficha-la-primera.md" if start else "/una-ficha-la-primera.md")
    text = (site / path).read_text("utf-8")
    assert all(f"\n{asked}:" in text for asked in fields_to_ask(cls))
    found = Checker(site).check().report.diagnostics
    assert {it.source.path for it in found} <= {path}
    assert {it.rule.code for it in found} <= MISSING


def test_terms_and_organisations_are_completed_from_a_part_without_accents(site):
    words = ["--topics", "canon y reg, Água", "--organizations", "gobierno regional", "--result", "mixto"]
    assert new(site, "case", *pairs(CASE), *words) == commands.DONE
    text = (site / "cases/el-agua-del-valle.md").read_text("utf-8")
    assert "topics: [canon-regalias, agua]\n" in text
    assert "organizations: [gore-moquegua]\n" in text
    assert "result: mixed\n" in text


def test_a_part_that_many_have_is_answered_with_their_names(site, capsys):
    assert new(site, "case", *pairs(CASE), "--topics", "gasto del canon, am") == commands.WRONG_USE
    said = capsys.readouterr().err
    assert "--topics: «am» puede ser: " in said
    assert "ambiente (" in said
    assert not (site / "cases/el-agua-del-valle.md").exists()
    assert new(site, "case", *pairs(CASE), "--result", "xyz") == commands.WRONG_USE
    assert "success (logrado)" in capsys.readouterr().err


@pytest.mark.parametrize(
    "title",
    [
        'Agua: "la mesa"',
        "Agua\n---\nstatus: published\n---\n",
        "---",
        "- agua",
        "../../../etc/agua",
        "'Agua' #1 [x] {y}",
        "*agua* &ancla !tipo",
        "Agua\x1b[2J\u200b y mina\u2028",
        "Agua 💧 ñandú",
        "CON agua",
    ],
)
def test_a_title_is_text_whatever_it_looks_like(title, site, capsys):
    words = ["--id", "agua"] if title == "---" else []
    wanted = " ".join("".join(char for char in title if char not in "\x1b\u200b\u2028").split())
    if len(wanted) < 5:
        assert new(site, "case", f"--title={title}", *words) == commands.WRONG_USE
        return
    assert new(site, "case", f"--title={title}", *words) == commands.DONE
    path = capsys.readouterr().out.split("\n")[0].removeprefix("Escrito: ")
    assert path.startswith("cases/")
    assert path.count("/") == 1
    checked = Checker(site).check()
    assert {found.rule.code for found in checked.report.diagnostics} <= MISSING
    node = checked.assembly.places[path].meta
    values = {key.value: value.value for key, value in node.value}
    assert values["title"] == wanted
    assert "status" not in values


@pytest.mark.parametrize("words", [["--title", "水水水水水"], ["--title", ""], []])
def test_a_title_without_a_letter_of_ours_asks_for_a_name(words, site, capsys):
    assert new(site, "case", *words) == commands.WRONG_USE
    assert "--id" in capsys.readouterr().err


def test_minutes_may_be_named_by_their_day(site):
    assert new(site, "minutes", "--id", "2026-03-12-mesa", "--title", "La mesa de marzo") == commands.DONE
    assert (site / "content/minutes/2026-03-12-mesa.md").is_file()


@pytest.mark.parametrize("name", ["mesa-ejemplo", "gore-moquegua", "Canon", "nombre-anterior"])
def test_nobodys_name_or_former_name_is_taken(name, site, capsys):
    path = site / sites.BASE["case"]
    path.write_text(path.read_text("utf-8").replace("---\n", "---\naliases: [nombre-anterior]\n", 1), "utf-8")
    assert new(site, "case", *pairs(CASE), "--id", name) == commands.WRONG_USE
    assert "ya existe «" in capsys.readouterr().err


def test_what_cannot_be_read_is_said_in_the_words_of_the_rule_and_nothing_is_written(site, capsys):
    assert new(site, "case", *pairs(CASE), "--created", "2026-02-30") == commands.WRONG_USE
    assert "--created: la fecha «2026-02-30» no existe" in capsys.readouterr().err
    assert new(site, "case", "--title", "x" * 200, lang="en") == commands.WRONG_USE
    assert "has 200 characters" in capsys.readouterr().err


def test_help_and_sections_speak_the_language_that_is_asked_for(site, capsys):
    assert new(site, "case", *pairs(CASE), lang="en") == commands.DONE
    text = (site / "cases/el-agua-del-valle.md").read_text("utf-8")
    assert "language: en\n" in text
    assert "\n## What was done\n" in text
    for lang, word in (("es", "Diga qué pasó"), ("en", "Say what happened")):
        with pytest.raises(SystemExit):
            cli.main(["--lang", lang, "new", "case", "--help"])
        assert word in capsys.readouterr().out


def test_an_exact_name_wins_over_those_that_hold_it():
    names = {"agua": ("Agua", "Water"), "agua-potable": ("Agua potable", "Water supply")}
    assert completed("agua", names) == ["agua"]
    assert completed("águ", names) == ["agua", "agua-potable"]
    assert completed("supply", names) == ["agua-potable"]


def test_on_a_terminal_it_asks_until_the_answer_can_be_read(tmp_path):
    folder = sites.make_site(tmp_path)
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "generator.cli", "--root", str(folder), "new", "term", "--created", "2026"]
    os.write(parent, "Regalía\nMuy corta\nLo que la empresa paga al Estado por extraer.\nquizas\nyes\n".encode())
    done = subprocess.run(command, stdin=child, capture_output=True, text=True, timeout=60, check=False, cwd=sites.ROOT)
    os.close(parent)
    os.close(child)
    assert done.returncode == commands.DONE, done.stderr
    assert "Definición — Explíquelo" in done.stderr
    assert "tiene 9 caracteres y el mínimo es 20" in done.stderr
    assert "«quizas» no es una de las opciones" in done.stderr
    assert sites.findings(folder) == ""
    assert "term: Regalía\n" in (folder / "content/glossary/regalia.md").read_text("utf-8")


@pytest.mark.parametrize(("lang", "shown", "commas"), [("es", "Convocante", "con comas"), ("en", "Convener", "commas")])
def test_choices_are_named_in_words_and_left_out_where_there_are_too_many(lang, shown, commas):
    names = {
        "convocante": ("Convocante", "Convener"),
        "gore": ("Gobierno Regional", "GORE", "Regional Government", "GORE"),
    }
    said = _choices(names, lang, many=True)
    assert shown in said
    assert commas in said
    assert ("Gobierno Regional" if lang == "es" else "Regional Government") in said
    assert commas not in _choices(names, lang, many=False)
    assert shown not in _choices(names | {str(n): ("x", "x") for n in range(MOST_NAMED)}, lang, many=False)


def test_a_record_is_of_the_day_on_which_it_is_begun_not_of_the_last_commit(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    folder = sites.make_site(tmp_path)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2020-02-03T12:00:00Z")
    sites.commit(folder)
    assert new(folder, "case", *pairs(CASE)) == commands.DONE
    assert "created: 2020-02-03" not in (folder / "cases/el-agua-del-valle.md").read_text("utf-8")


def test_a_name_that_somebody_takes_meanwhile_is_no_bug_and_nothing_is_written_over(site, monkeypatch, capsys):
    from generator.commands import new as command

    monkeypatch.setattr(command, "taken_by", lambda *_: (site / "cases/el-agua-del-valle.md").write_text("x") and None)
    monkeypatch.setattr(type(site), "exists", lambda _: False)
    assert new(site, "case", *pairs(CASE)) == commands.MACHINE
    assert "ya hay otro archivo con ese nombre («cases/el-agua-del-valle.md»)" in capsys.readouterr().err
    assert (site / "cases/el-agua-del-valle.md").read_text("utf-8") == "x"
