"""Approved minutes and records that were public, compared with what git remembers."""

import os
import subprocess

import pytest
import sites

from generator import checking
from generator.checking import Checker

MINUTES = "content/minutes/2025-12-15-ejemplo.md"
SAID = {
    "minutes_status": "approved",
    "approved_on": "2026-01-20",
    "agenda": [{"title": "El plazo es de 22 meses"}],
    "agreements": [{"n": "1", "text": "Publicar la matriz.", "responsible": ["gore-moquegua"], "due": "none"}],
    "amendments": [{"date": "2026-01-10", "sector": "academia", "text": "Dice 21; debe decir 22."}],
}
ACCEPTED = {"date": "2026-02-10", "sector": "academia", "text": "Dice 22; debe decir 23.", "accepted": "yes"}
BODY = "\n## Discusión\n\nSe habló del plazo.\n"


@pytest.fixture
def committed(tmp_path):
    folder = sites.make_site(tmp_path / "site")
    write(folder)
    sites.commit(folder)
    return folder


def write(folder, body=BODY, path=MINUTES, **values):
    said = {key: value for key, value in {**SAID, **values}.items() if value is not None}
    text = sites.changed(sites.record_class(MINUTES), f"{sites.yaml_of(said)}---\n{body}")
    sites.write(folder, path, text.encode())


def found(folder):
    return [code for code in sites.codes(folder) if code in ("KB330", "KB331", "KB821")]


@pytest.mark.parametrize(
    "values",
    [
        {"agenda": [{"title": "El plazo es de 23 meses"}]},
        {"agenda": [{"title": "El plazo es de 22 meses"}, {"title": "Otro punto"}]},
        {"agreements": [{**SAID["agreements"][0], "responsible": "unknown"}]},
        {"agreements": None},
        {"place": {"name": "Ilo"}},
        {"body": "\n## Discusión\n\nNo se habló del plazo.\n"},
        {"minutes_status": "draft"},
        {"minutes_status": "amendment-window", "amendments_until": "2026-03-01"},
        {"agenda": [{"title": "Otro"}], "minutes_status": "corrected"},
        {"agenda": [{"title": "Otro"}], "amendments": [*SAID["amendments"], ACCEPTED]},
        {"agenda": [{"title": "Otro"}], "minutes_status": "corrected", "amendments": [ACCEPTED]},
        {
            "agenda": [{"title": "Otro"}],
            "minutes_status": "corrected",
            "amendments": [*SAID["amendments"], {**ACCEPTED, "accepted": "no"}],
        },
    ],
)
def test_approved_minutes_do_not_change_silently(committed, values):
    write(committed, **values)
    assert "KB330" in found(committed)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"body": "\n##  Discusión\n\n\nSe habló\n  del plazo.\n\n"},
        {"agreements": [{**SAID["agreements"][0], "updates": [{"date": "2026-02", "status": "limited"}]}]},
        {"sources": [{"title": "Informe anual"}, {"title": "Otro informe"}], "updated": "2026-02-01"},
        {"topics": ["ambiente"], "related": ["mesa-ejemplo"], "status": "archived"},
        {
            "agenda": [{"title": "El plazo es de 23 meses"}],
            "minutes_status": "corrected",
            "amendments": [*SAID["amendments"], ACCEPTED],
        },
        {
            "agenda": [{"title": "El plazo es de 22 meses y medio"}],
            "minutes_status": "corrected",
            "amendments": [{**SAID["amendments"][0], "accepted": "yes"}],
        },
    ],
)
def test_follow_up_spaces_and_what_an_amendment_asks_for_may_change(committed, values):
    write(committed, **values)
    assert found(committed) == []


def test_minutes_that_are_not_approved_change_freely(committed):
    write(committed, minutes_status="draft")
    sites.commit(committed)
    write(committed, minutes_status="approved", agenda=[{"title": "Otro punto"}])
    assert found(committed) == []


def test_a_translation_may_always_be_bettered_and_whoever_reviews_it_is_told(committed):
    path, told = MINUTES.replace(".md", ".en.md"), [[], ["KB331"], []]
    for title in ("The meeting of the committee", "The committee's meeting", "The  committee's meeting"):
        summary = "Three communities measured the water together. " * 2
        sites.write(
            committed, path, f"---\ntranslation: human\ntitle: {title}\nsummary: {summary}\n---\n{BODY}".encode()
        )
        assert found(committed) == told.pop(0)
        sites.commit(committed)
    write(committed, agenda=[{"title": "Otro"}], minutes_status="corrected", amendments=[*SAID["amendments"], ACCEPTED])
    sites.write(committed, path, f"---\ntranslation: human\ntitle: Other\nsummary: {summary}\n---\n".encode())
    assert found(committed) == [], "it follows what was amended"


def test_what_a_proposal_says_of_itself_to_git_hides_nothing(committed):
    sites.write(committed, ".gitattributes", b"* -diff -text binary\n*.md -diff\n")
    write(committed, number="9")
    assert found(committed) == ["KB330"]


def test_the_files_of_approved_minutes_may_be_added_and_not_exchanged_or_taken_away(committed):
    plan, other = (f"{MINUTES.removesuffix('.md')}/{name}.png" for name in ("plano", "foto"))
    sites.write(committed, plan, sites.PNG)
    assert found(committed) == []
    sites.commit(committed)
    sites.write(committed, other, sites.PNG)
    sites.write(committed, plan, sites.PNG + b"x")
    assert found(committed) == ["KB330"]
    assert "«plano.png»" in sites.findings(committed)
    write(committed, minutes_status="corrected", amendments=[*SAID["amendments"], ACCEPTED])
    assert found(committed) == [], "an accepted amendment may exchange it"
    sites.write(committed, plan, sites.PNG)
    os.utime(committed / plan, (1, 1))
    write(committed)
    assert found(committed) == [], "another time is no other file"
    write(committed)
    (committed / plan).unlink()
    assert found(committed) == ["KB330"]
    write(committed, minutes_status="draft")
    assert found(committed).count("KB330") == 2
    (committed / MINUTES).unlink()
    (committed / other).unlink()
    renamed = "content/minutes/2025-12-15-otro"
    write(committed, path=f"{renamed}.md", aliases=["2025-12-15-ejemplo"])
    sites.write(committed, f"{renamed}/plano.png", sites.PNG)
    subprocess.run(["git", "-C", str(committed), "add", "-A"], check=True)
    assert found(committed) == [], "a new name keeps them"


def test_approved_minutes_do_not_disappear_and_a_new_name_keeps_them(committed):
    (committed / MINUTES).unlink()
    assert found(committed) == ["KB330"]
    write(committed, path="content/minutes/2025-12-15-otro.md", aliases=["2025-12-15-ejemplo"])
    assert found(committed) == []
    write(committed, path="content/minutes/2025-12-15-otro.md", aliases=["2025-12-15-ejemplo"], number="9")
    assert found(committed) == ["KB330"]


def test_a_proposal_is_compared_with_where_it_left_its_branch(committed, monkeypatch):
    git = ["git", "-C", str(committed)]
    subprocess.run([*git, "branch", "-q", "main-line"], check=True)
    write(committed, number="9")
    sites.commit(committed)
    assert found(committed) == []
    monkeypatch.setenv("KB_BASE", "main-line")
    assert found(committed) == ["KB330"]
    monkeypatch.setenv("KB_BASE", "--output=/nowhere")
    assert found(committed) == []


def test_without_git_or_history_the_check_is_silent(committed, tmp_path, monkeypatch):
    write(committed, number="9")
    monkeypatch.setenv("PATH", "")
    assert found(committed) == []
    monkeypatch.undo()
    (committed / ".git").rename(tmp_path / "away")
    assert found(committed) == []
    subprocess.run(["git", "init", "-q", str(committed)], check=True)
    assert found(committed) == []


def test_git_is_asked_again_only_when_such_a_file_is_another(committed, monkeypatch):
    asked = []
    monkeypatch.setattr(checking, "changed_files", lambda *told: asked.append(list(told[1])) or {})
    checker = Checker(committed)
    checker.check()
    checker.check()
    (committed / sites.BASE["case"]).touch()
    checker.check()
    assert asked == [["content/minutes"]]
    write(committed, number="9")
    checker.check()
    assert len(asked) == 2


def test_to_look_leaves_the_repository_as_it_was(committed):
    for path in committed.rglob("*.md"):
        os.utime(path, (1, 1))
    before = (committed / ".git/index").read_bytes()
    sites.codes(committed)
    assert (committed / ".git/index").read_bytes() == before
    assert not (committed / ".git/index.lock").exists()


@pytest.mark.parametrize("text", ["visibility: members\n", "status: draft\n"])
def test_what_was_public_and_is_so_no_more_is_warned_of(tmp_path, text):
    before = sites.Example("committed", "cases/agua.md", "title: Monitoreo del agua\n")
    after = sites.fields("cases/agua.md", f"title: Monitoreo del agua\n{text}")
    assert "KB821" in sites.check(tmp_path / "1", [before, after])
    hidden = sites.Example("committed", "cases/agua.md", "visibility: members\n")
    assert "KB821" not in sites.check(tmp_path / "2", [hidden, after])


def test_minutes_that_named_people_and_go_under_the_rule_are_warned_of(committed):
    write(committed, visibility="public", rule="open", number="9")
    sites.commit(committed)
    for values, code in (
        ({"rule": "chatham-house"}, "KB821"),
        ({"rule": "open"}, None),
        ({"rule": "confidential"}, "KB821"),
    ):
        write(committed, visibility="public", public_summary="El grupo acordó publicar cada año la matriz.", **values)
        assert ("KB821" in found(committed)) is bool(code)


def test_a_file_that_was_never_a_record_stops_nothing(tmp_path):
    folder = sites.make_site(tmp_path)
    for old in (b"\xff\xfe", b"---\n", b"---\nminutes_status: approved\namendments: [a, b]\n---\n", b""):
        sites.write(folder, MINUTES, old)
        sites.commit(folder)
        write(folder)
        assert set(found(folder)) <= {"KB330"}
