"""`kb agenda`: the next meeting's minutes begin with what there is to decide, and pass but for what is missing."""

from datetime import date

import pytest
import sites
import yaml
from test_desk import AGREEMENTS, AMENDED, OURS

from generator import cli, commands
from generator.checking import Checker
from generator.editing.agenda import next_meeting
from generator.editing.beginning import whole_library
from generator.records.minutes import BODY_OF, CADENCE

STAMP = "1795435200"  # 2026-11-23
LAST = "2026-10-31-grupo-nucleo-010-2026"
HELD = "start: 2026-10-31T18:00\nnumber: 010-2026\nrule: chatham-house\nformat: hybrid\n"
WINDOW = "minutes_status: amendment-window\namendments_until: 2026-11-15\n"
APPROVED = "minutes_status: approved\napproved_on: 2026-11-15\n"


def meeting(text, name=LAST):
    return sites.fields(f"content/minutes/{name}.md", f"{OURS}{text}")


@pytest.fixture
def kb(monkeypatch, capsys):
    def run(folder, body="core-group", lang="es"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", STAMP)
        code = cli.main(["--root", str(folder), "--lang", lang, "agenda", "--body", body])
        return code, capsys.readouterr()

    return run


def written(folder, name):
    return yaml.safe_load((folder / f"content/minutes/{name}.md").read_text("utf-8").split("---\n")[1])


def test_the_draft_follows_the_last_meeting_and_passes_whole(kb, tmp_path):
    site = sites.make_site(tmp_path, meeting(HELD + WINDOW + AMENDED + AGREEMENTS))
    code, said = kb(site)
    assert code == commands.DONE, said.err
    assert "una vez al mes" in said.out
    assert "Anterior: 31 de octubre de 2026\nPróxima: 30 de noviembre de 2026, reunión 011-2026\n" in said.out
    assert sites.findings(site) == ""
    made = written(site, "2026-11-30-grupo-nucleo-011-2026")
    assert made["title"] == "Reunión 011-2026 del grupo núcleo"
    kept = {
        name: made[name]
        for name in ("start", "format", "rule", "previous", "state", "status", "visibility", "minutes_status")
    }
    assert kept == {
        "start": "2026-11-30T18:00", "format": "hybrid", "rule": "chatham-house", "previous": LAST, "state": "scheduled", "status": "draft",
        "visibility": "members", "minutes_status": "draft",
    }  # fmt: skip
    assert "\nnext: 2026-11-30-grupo-nucleo-011-2026\n---\n" in (site / f"content/minutes/{LAST}.md").read_text("utf-8")


def test_its_items_are_amendments_agreements_late_and_due_and_records_that_wait(kb, tmp_path):
    others = sites.fields("content/minutes/2026-10-01-foro.md", f"start: 2026-10-01\n{AGREEMENTS}")
    far = AGREEMENTS + "- {n: 5, text: Aún no., responsible: unknown, due: 2027-01, verify_by: Se ve.}\n"
    site = sites.make_site(tmp_path, meeting(HELD + WINDOW + AMENDED + far), others)
    kb(site)
    items = written(site, "2026-11-30-grupo-nucleo-011-2026")["agenda"]
    assert [(item["kind"], item["title"], item["records"]) for item in items[:-1]] == [
        ("decision", "Aprobar el acta «Monitoreo del agua en el valle»; observaciones por decidir: 1", [LAST]),
        ("information", f"Acuerdo {LAST}/3, venció: 15 de noviembre de 2026. Publicar el acta.", [LAST]),
        ("information", f"Acuerdo {LAST}/1, venció: 22 de noviembre de 2026. Publicar la matriz.", [LAST]),
        ("information", f"Acuerdo {LAST}/2, vence: noviembre de 2026. Publicar el plano.", [LAST]),
    ], "neither what is done, nor what is due after the meeting after it, nor another body's"
    assert items[-1]["kind"] == "deliberation"
    assert items[-1]["title"].startswith("Repartir la revisión de fichas: la esperan 4;")
    assert set(items[-1]["records"]) == {"mesa-ejemplo", "practica-ejemplo", "2025-12-15-ejemplo", "2026-10-01-foro"}


def test_without_a_meeting_before_it_only_what_nobody_knows_is_missing(kb, tmp_path):
    site = sites.make_site(tmp_path)
    code, said = kb(site, "extended-group", "en")
    assert code == commands.DONE
    assert "Extended group: meets every two months\nLast: none\nNext: 23 January 2027, meeting 001-2027\n" in said.out
    found = Checker(site).check().report.diagnostics
    assert [(it.rule.code, it.source.path) for it in found] == [
        ("KB301", "content/minutes/2027-01-23-extended-group-001-2027.md")
    ] * 2
    assert "“format”" in sites.findings(site, "en")
    assert "“rule”" in sites.findings(site, "en")


def test_a_second_run_writes_nothing(kb, tmp_path):
    site = sites.make_site(tmp_path, meeting(HELD + APPROVED))
    kb(site)
    before = {path: path.read_bytes() for path in site.rglob("*.md")}
    code, said = kb(site)
    assert code == commands.WRONG_USE
    assert "ya tiene agenda: content/minutes/2026-11-30-grupo-nucleo-011-2026.md" in said.err
    assert {path: path.read_bytes() for path in site.rglob("*.md")} == before


def test_with_minutes_that_cannot_be_read_nobody_guesses_which_was_the_last(kb, tmp_path):
    site = sites.make_site(tmp_path, sites.file("content/minutes/2026-11-01-rota.md", "---\ntitle: x\n---\n"))
    code, said = kb(site)
    assert code == commands.ERRORS
    assert "content/minutes/2026-11-01-rota.md" in said.err


def test_public_minutes_do_not_name_a_draft_of_the_members(kb, tmp_path):
    site = sites.make_site(tmp_path, meeting(HELD.replace("chatham-house", "open") + APPROVED + "visibility: public\n"))
    before = (site / f"content/minutes/{LAST}.md").read_bytes()
    kb(site)
    assert (site / f"content/minutes/{LAST}.md").read_bytes() == before
    assert sites.findings(site) == ""


@pytest.mark.parametrize(
    ("body", "last", "today", "expected"),
    [
        ("core-group", "2026-01-31", "2026-02-01", "2026-02-28"),
        ("core-group", "2026-01-31", "2026-03-01", "2026-03-31"),
        ("core-group", "2026-12-15", "2026-12-16", "2027-01-15"),
        ("core-group", "2026-10-23", "2026-11-23", "2026-11-23"),
        ("extended-group", "2026-12-31", "2027-01-01", "2027-02-28"),
        ("extended-group", "2026-01-15", "2026-04-01", "2026-05-15"),
    ],
)
def test_the_day_is_the_first_of_the_cadence_that_is_not_over(body, last, today, expected, tmp_path):
    text = f"start: {last}\n{APPROVED.replace('2026-11-15', last)}body_of: {body}\n"
    site = sites.make_site(tmp_path, meeting(text, f"{last}-x"))
    assert str(upcoming(site, body, today).day) == expected


def upcoming(site, body, today):
    return next_meeting(whole_library(Checker(site).check()), body, date.fromisoformat(today))


@pytest.mark.parametrize(
    ("number", "today", "expected"),
    [
        ("005-2026", "2026-10-20", "006-2026"),
        ("005-2026", "2027-01-02", "001-2027"),
        ("2026-009", "2026-10-20", "2026-010"),
        ("Sesión 7", "2027-01-02", "Sesión 8"),
        ("99", "2026-10-20", "100"),
        ("", "2026-10-20", "002-2026"),
        ("extraordinaria", "2027-01-02", "001-2027"),
    ],
)
def test_the_number_is_the_next_one_and_begins_anew_with_the_year_it_names(number, today, expected, tmp_path):
    held = f"start: 2026-10-10\n{APPROVED.replace('11', '10')}" + f"number: {number}\n" * bool(number)
    site = sites.make_site(tmp_path, meeting(held, "2026-10-10-x"))
    assert upcoming(site, "core-group", today).number == expected


def test_every_cadence_is_of_a_body_that_exists():
    assert CADENCE.keys() <= {word for word, _ in BODY_OF.labels}
