"""What people type, and the exit codes that scripts rely on."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys

import pytest
import sites

from generator import cli, commands, engine
from generator.deployed import wrong_setting
from generator.serve import Preview

BAD = sites.fields("cases/agua.md", "topics: [agua, presupuestos]\n")


@pytest.fixture
def good(tmp_path):
    return sites.make_site(tmp_path)


def settled(folder):
    """The folder with the real settings, and a theme's place."""
    shutil.copy(sites.ROOT / "mkdocs.yml", folder)
    (folder / "overrides").mkdir()


@pytest.fixture
def bad(tmp_path):
    return sites.make_site(tmp_path, BAD)


def kb(folder, *words):
    return cli.main(["--root", str(folder), *words])


def test_clean_records_give_zero_and_no_word(good, capsys):
    assert kb(good, "check", "--format", "human") == commands.DONE
    assert capsys.readouterr().out == ""


def test_errors_give_one(bad, capsys):
    assert kb(bad, "check", "--format", "human") == commands.ERRORS
    assert capsys.readouterr().out.endswith("1 error\n")


def test_warnings_give_zero_unless_strict(tmp_path, capsys):
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", "perspectives: []\n"))
    assert kb(folder, "check", "--format", "human") == commands.DONE
    assert "aviso[KB314]" in capsys.readouterr().out
    assert kb(folder, "build", "--strict") == commands.ERRORS
    assert not (folder / "site").exists()


def test_wrong_use_gives_two(good, tmp_path_factory, monkeypatch):
    with pytest.raises(SystemExit) as wrong:
        kb(good, "chek")
    assert wrong.value.code == commands.WRONG_USE
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    with pytest.raises(SystemExit) as nowhere:
        cli.main(["check"])
    assert nowhere.value.code == commands.WRONG_USE
    assert kb(good, "explain", "KB999") == commands.WRONG_USE
    for words in (["--lang"], ["serve", "--port", "99999"], ["serve", "--port", "-1"]):
        with pytest.raises(SystemExit) as half:
            kb(good, *words)
        assert half.value.code == commands.WRONG_USE


def test_what_nobody_foresaw_gives_three_and_says_whose_fault_it_is(good, monkeypatch, capsys):
    def broken(_self):
        raise ZeroDivisionError

    monkeypatch.setattr(commands.Checker, "check", broken)
    assert kb(good, "check") == commands.OUR_BUG
    assert "no de sus fichas" in capsys.readouterr().err


def test_messages_speak_the_language_that_is_asked_for(bad, capsys):
    kb(bad, "--lang", "en", "check", "--format", "human")
    english = capsys.readouterr().out
    assert "did you mean" in english
    assert "is not in vocabulary" in english


def test_json_has_one_object_a_diagnostic(bad, capsys):
    kb(bad, "check", "--format", "json")
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["code"], found["path"], found["severity"]) == ("KB401", "cases/agua.md", "error")
    assert found["end_column"] - found["column"] == len("presupuestos")


def test_github_annotations_are_the_default_on_its_machines(bad, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    kb(bad, "check")
    line = capsys.readouterr().out
    assert line.startswith("::error file=cases/agua.md,line=")
    assert ",col=" in line
    assert "%0A" in line


def test_an_annotation_that_spans_lines_has_no_columns(tmp_path, capsys):
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", "period:\n  start: 2012\n"))
    kb(folder, "check", "--format", "github")
    line = capsys.readouterr().out
    assert "line=" in line
    assert ",col=" not in line.split("::")[1] or "endLine" in line


def test_sarif_is_the_version_it_says(bad, capsys):
    kb(bad, "check", "--format", "sarif")
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["KB401"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == region["endLine"]


def test_explain_shows_the_page_of_a_rule_by_code_or_name(good, capsys):
    assert kb(good, "explain", "kb401") == commands.DONE
    by_code = capsys.readouterr().out
    assert kb(good, "explain", "unknown-term") == commands.DONE
    assert capsys.readouterr().out == by_code
    assert "¿quiso decir" in by_code


def test_all_errors_of_all_files_are_said_at_once(tmp_path, capsys):
    folder = sites.make_site(
        tmp_path,
        BAD,
        sites.file("cases/sin-bloque.md", "Hola\n"),
        sites.fields("content/practices/otra.md", "maturity: buena\ncreated: 2024-02-30\n"),
    )
    kb(folder, "check", "--format", "json")
    found = {(row["path"], row["code"]) for row in json.loads(capsys.readouterr().out)}
    assert found == {
        ("cases/agua.md", "KB401"),
        ("cases/sin-bloque.md", "KB201"),
        ("content/practices/otra.md", "KB310"),
        ("content/practices/otra.md", "KB307"),
    }


def test_a_closed_pipe_is_no_error(bad):
    command = f"{sys.executable} -m generator.cli --root {bad} check --format human | head -n 0"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_a_terminal_that_lacks_letters_gets_the_rest(bad):
    done = subprocess.run(
        [sys.executable, "-m", "generator.cli", "--root", bad, "check", "--format", "human"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(sites.ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (commands.ERRORS, "")
    assert "error[KB401]: ?presupuestos?" in done.stdout


@pytest.mark.parametrize("place", ["", "nowhere", "good/cases"])
def test_a_folder_without_records_is_not_called_clean(place, tmp_path, capsys):
    sites.make_site(tmp_path / "good")
    with pytest.raises(SystemExit) as wrong:
        kb(tmp_path / place, "check")
    assert wrong.value.code == commands.WRONG_USE
    assert "no hay carpetas «cases» y «content»" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--help",), *[(command, "--help") for command in ("check", "build", "import")], ()])
def test_help_and_wrong_use_are_in_one_language(words, capsys):
    told = {}
    for lang in ("es", "en"):
        with pytest.raises(SystemExit):
            cli.main(["--lang", lang, *words])
        told[lang] = "".join(capsys.readouterr())
    assert "uso: kb" in told["es"]
    assert not re.search("usage|options:|show|error|required", told["es"])
    assert "usage: kb" in told["en"]
    assert not re.search("[áéíóú]|ficha| de | la |comando", told["en"])


def test_nothing_is_derived_from_a_vocabulary_that_cannot_be_read(good, capsys):
    (good / "content/vocabularies/topics.yml").write_text("roto: [", "utf-8")
    before = {path: path.read_bytes() for path in good.rglob("*") if path.is_file()}
    assert kb(good, "schema") == commands.ERRORS
    assert "content/vocabularies/topics.yml:1" in capsys.readouterr().out
    assert before == {path: path.read_bytes() for path in good.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("site_name: !ENV", "site_name: a: !ENV", "mkdocs.yml:3"),
        ("site_url:", "web:", "«site_url» debe ser una dirección"),
        ('"https://conocimiento-moquegua.example/"', "conocimiento.pe", "«site_url» debe ser una dirección"),
        ('"https://github.com/', '"github.com/', "«repo_url» debe ser una dirección"),
        ('"Gobernanza de la minería en Moquegua"', "2026", "«site_name» debe ser un texto"),
        ("extra:", "extras:", "«extra.site_name_en» debe ser un texto"),
    ],
)
def test_a_setting_that_no_site_can_be_built_with_is_wrong_use(good, was, becomes, said, capsys):
    settings = (sites.ROOT / "mkdocs.yml").read_text("utf-8")
    assert was in settings
    (good / "mkdocs.yml").write_text(settings.replace(was, becomes, 1), "utf-8")
    for command in ("build", "serve"):
        assert kb(good, command) == commands.WRONG_USE
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    ["conocimiento.pe", "ftp://a.pe", "javascript:alert(1)", " https://a.pe", 'https://a.pe/"><b>', "https://a.pe/?b"],
)
def test_an_address_of_the_environment_that_is_none_is_wrong_use(good, address, monkeypatch, capsys):
    settled(good)
    monkeypatch.setenv("KB_SITE_URL", address)
    assert kb(good, "build") == commands.WRONG_USE
    assert "KB_SITE_URL" in capsys.readouterr().err


def test_a_variable_that_a_workflow_passes_empty_overrides_nothing(good, monkeypatch):
    settled(good)
    for name in ("KB_SITE_URL", "KB_REPO_URL", "KB_SITE_NAME", "KB_SITE_NAME_EN", "KB_EDITOR_SIGN_IN", "KB_BASE"):
        monkeypatch.setenv(name, "")
    kb(good, "check")
    assert wrong_setting(good) is None
    assert engine.site_names(engine.settings(good))[0].startswith("https://")


def test_a_port_that_another_program_uses_is_said_in_one_line(good, monkeypatch, capsys):
    settled(good)
    monkeypatch.setattr(Preview, "refresh", lambda _: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert kb(good, "serve", "--port", str(taken.getsockname()[1])) == commands.MACHINE
    said = capsys.readouterr().err
    assert "«--port»" in said
    assert len(said.splitlines()) == 1
