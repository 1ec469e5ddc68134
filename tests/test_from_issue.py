"""Records out of issue forms: what was answered becomes a record, and no answer becomes anything but data."""

import json
import os
import re
import subprocess
import sys

import pytest
import sites
import yaml

from generator.cli import main
from generator.editors.issue import questions
from generator.records import RECORD_CLASSES

CLASSES = [cls for cls in RECORD_CLASSES if cls.kind.name != "page"]
CASE = next(cls for cls in CLASSES if cls.kind.name == "case")
OPENED = "2026-11-23T18:04:05Z"
FORMS = {
    cls: yaml.safe_load((sites.ROOT / f".github/ISSUE_TEMPLATE/{cls.kind.name}.yml").read_text("utf-8"))
    for cls in CLASSES
}


def answered(cls, **instead):
    """The body of an issue as GitHub makes it of a form where every example was left as it is."""
    parts = []
    for question, element in zip(questions(cls), FORMS[cls]["body"], strict=True):
        told, field = element["attributes"], question.field
        answer = told.get("placeholder") or "Lo que se sabe, con su fuente [1]."
        if "options" in told:
            example = field.told.example
            wanted = [f"[{word}]" for word in (example if isinstance(example, list) else [example])]
            answer = ", ".join(option for option in told["options"] if option.endswith(tuple(wanted)))
        elif element["type"] == "textarea" and field and not question.columns:
            answer = "\n".join(field.told.example) if isinstance(field.told.example, list) else field.told.example
        answer = instead.get(question.path[-1] if question.path else "section", answer)
        parts.append(f"### {told['label']}\n\n{answer}\n")
    return "\n".join(parts)


def run(folder, body, capsys, lang="es", number=7):
    event = folder.parent / "event.json"
    event.write_text(
        json.dumps({"action": "opened", "issue": {"number": number, "title": "x", "body": body, "created_at": OPENED}})
    )
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code = main(["--root", str(folder), "--lang", lang, "from-issue", str(event)])
    new = [path for path in folder.rglob("*") if path.is_file() and path not in before]
    assert all(path.read_bytes() == data for path, data in before.items()), "nothing that was there changes"
    return code, capsys.readouterr().out, [path.relative_to(folder).as_posix() for path in new]


@pytest.fixture
def folder(tmp_path):
    return sites.make_site(tmp_path / "site")


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.kind.name)
def test_a_form_filled_in_with_its_examples_is_a_record_that_lacks_nothing(cls, folder, capsys):
    code, reply, new = run(folder, answered(cls), capsys)
    assert code == 0, reply
    assert len(new) == 1
    assert new[0].startswith(f"{cls.kind.folder}/")
    assert "No le falta nada" in reply, (reply, (folder / new[0]).read_text("utf-8"))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.kind.name)
def test_a_form_keeps_to_what_github_takes(cls):
    body = FORMS[cls]["body"]
    assert len({element["id"] for element in body}) == len(body)
    assert len({element["attributes"]["label"] for element in body}) == len(body)
    for element in body:
        assert re.fullmatch(r"[a-z0-9_-]+", element["id"])
        assert element["type"] in ("input", "textarea", "dropdown")
        options = element["attributes"].get("options", ["one"])
        assert len(set(options)) == len(options)


def test_what_is_missing_is_said_in_the_language_asked_for(folder, capsys):
    _, reply, _ = run(folder, answered(CASE, start="ayer"), capsys)
    assert "KB306" in reply
    assert "no es una fecha" in reply
    _, reply, new = run(folder, answered(CASE, start="ayer"), capsys, lang="en", number=8)
    assert "is not a date" in reply
    assert new == ["cases/monitoreo-del-agua-en-el-valle-8.md"]


def test_an_answer_that_was_left_empty_is_not_a_field(folder, capsys):
    _, _, new = run(folder, answered(CASE, end="_No response_", perspectives="_No response_"), capsys)
    text = (folder / new[0]).read_text("utf-8")
    assert "No response" not in text
    assert "end:" not in text


HOSTILE = [
    "../../../etc/passwd",
    "..\\..\\x",
    "a\x00b\x07c",
    "---\nvisibility: public\n---\n",
    "x\n---\n\n## Otra\n",
    "$(touch pwned) `touch pwned` ; touch pwned",
    "!!python/object/apply:os.system ['touch pwned']",
    "&a [*a, *a]",
    "{% raw %}{{ 7*7 }}",
    "\u202e<script>alert(1)</script>",
    "'\"\t: # - | > % @",
    "=cmd|' /C calc'!A0",
    "~",
    "\ud800",
    "x" * 1_000_000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("place", ["title", "summary", "sources", "actors", "start", "section"])
def test_a_hostile_answer_stays_one_value(place, words, folder, capsys):
    code, reply, new = run(folder, answered(CASE, **{place: words}), capsys)
    assert code in (0, 1)
    assert not (sites.ROOT / "pwned").exists()
    assert len(new) <= 1
    assert sorted(path.name for path in folder.parent.iterdir()) == ["event.json", "site"]
    for path in new:
        assert re.fullmatch(r"cases/[a-z0-9-]{1,90}\.md", path)
        block = (folder / path).read_text("utf-8").split("---\n")[1]
        values = yaml.load(block, yaml.BaseLoader)  # noqa: S506  # texts only
        assert set(values) <= {"created"} | {question.path[0] for question in questions(CASE) if question.path}
        assert "visibility" not in values
    assert reply.count("```") in (0, 2), "no answer leaves the block it is quoted in"


def test_a_reply_fits_into_what_github_takes_whatever_was_answered(folder, capsys):
    _, reply, _ = run(folder, answered(CASE, actors="\n".join(["x" * 1000] * 150)), capsys)
    assert len(reply) < 65_536


def test_an_answer_that_is_quoted_back_cannot_leave_its_block(folder, capsys):
    _, reply, _ = run(folder, answered(CASE, start="``` @everybody [x](https://example.org) ```"), capsys)
    assert "@everybody" in reply
    assert reply.count("```") == 2


@pytest.mark.parametrize("event", [b"", b"{", b"[]", b"null", b'{"issue": null}', b'{"issue": {"body": null}}', b'{"issue": {"body": 7, "number": "x"}}', b"\xff\xfe\x00", b'{"issue": {"body": "hola"}}', b"[" * 5000])  # fmt: skip
def test_what_is_not_a_form_writes_nothing(event, folder, capsys):
    (folder.parent / "event.json").write_bytes(event)
    before = sorted(folder.rglob("*"))
    assert main(["--root", str(folder), "from-issue", str(folder.parent / "event.json")]) == 1
    printed = capsys.readouterr()
    assert "no salió de un formulario" in printed.err
    assert printed.out == "", "nobody is to be answered"
    assert sorted(folder.rglob("*")) == before


def test_the_workflow_puts_nothing_that_a_stranger_wrote_into_a_command():
    text = (sites.ROOT / ".github/workflows/from-issue.yml").read_text("utf-8")
    assert set(re.findall(r"\$\{\{ (.*?) \}\}", text)) == {"github.event.issue.number", "github.token"}
    assert all("${{" not in step.get("run", "") for step in yaml.safe_load(text)["jobs"]["record"]["steps"])
    assert yaml.safe_load(text)["permissions"] == {}


@pytest.mark.parametrize(
    ("code", "reply", "done"),
    [(0, "Gracias.", ["made"]), (1, "Ya hay una ficha.", ["told"]), (1, "", []), (3, "", None)],
)
def test_whoever_sent_a_form_is_answered_also_if_no_record_came_of_it(code, reply, done, tmp_path):
    """Runs the steps' own scripts, with a `kb` and a `gh` that do as a test wants."""
    text = (sites.ROOT / ".github/workflows/from-issue.yml").read_text("utf-8")
    made, _, told = yaml.safe_load(text)["jobs"]["record"]["steps"][-3:]
    for path, script in ((".venv/bin/kb", f"printf '{reply}'; exit {code}"), ("gh", 'cat "$5" >> answers')):
        sites.write(tmp_path, path, f"#!/bin/sh\n{script}\n".encode())
        (tmp_path / path).chmod(0o755)
    told_by = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_OUTPUT": "out", "RUNNER_TEMP": ".", "NUMBER": "7"}

    def step(script):
        return subprocess.run(["bash", "-ec", script], cwd=tmp_path, env=told_by, check=False).returncode

    assert (step(made["run"]) != 0) is (done is None)
    is_made = (tmp_path / "out").exists()
    assert is_made is (done == ["made"])
    assert told["if"] == "steps.record.outputs.made != 'yes'"
    if not is_made and done is not None:
        assert step(told["run"]) == 0
        assert (tmp_path / "answers").exists() is (done == ["told"])


def test_what_a_machine_knows_or_is_sure_of_is_not_asked_back(folder, capsys):
    name = "Gobierno Regional de Moquegua"
    actors = f"{name} | | Gobiernos regionales y locales | Convocante\n | Vecinos | Academia | Participante"
    assert "created" not in [element["id"] for element in FORMS[CASE]["body"]]
    _, reply, new = run(folder, answered(CASE, start="marzo de 2011", actors=actors), capsys)
    assert "No le falta nada" in reply, reply
    text = (folder / new[0]).read_text("utf-8")
    assert "created: 2026-11-23\n" in text
    assert "start: 2011-03\n" in text
    assert "organization: gore-moquegua\n" in text


@pytest.mark.parametrize("opened", ["mañana", "2026-11-23", 7, None, "2026-11-23\nvisibility: public\nT"])
def test_a_day_that_is_none_is_left_out(opened, folder, capsys, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "OPENED", opened)
    _, reply, new = run(folder, answered(CASE), capsys)
    assert "created" not in (folder / new[0]).read_text("utf-8").split("---")[1]
    assert "KB301" in reply


def test_a_form_names_what_may_be_written_where_no_list_drops_down():
    actors = next(element for element in FORMS[CASE]["body"] if element["id"] == "actors")
    assert "Comunidades del área de influencia · Communities" in actors["attributes"]["description"]
    assert "Convocante · Convener" in actors["attributes"]["description"]


@pytest.mark.parametrize(
    ("start", "day"), [("12 de marzo de 2026, 6 p. m.", "2026-03-12"), ("el jueves", "2026-11-23")]
)
def test_minutes_are_named_after_their_day_or_that_of_the_form(start, day, folder, capsys):
    cls = next(cls for cls in CLASSES if cls.kind.name == "minutes")
    code, _, new = run(folder, answered(cls, start=start, title="Reunión de avance"), capsys)
    assert (code, new) == (0, [f"content/minutes/{day}-reunion-de-avance.md"])


def test_a_name_of_another_folder_is_not_taken_twice_nor_is_that_of_the_same_form(folder, capsys):
    title = answered(CASE, title="Gore Moquegua")
    assert run(folder, title, capsys)[2] == ["cases/gore-moquegua-7.md"]
    code, reply, new = run(folder, title, capsys)
    assert (code, new) == (1, [])
    assert "Ya hay una ficha con ese nombre: `cases/gore-moquegua-7.md`" in reply
