"""`kb rename`: the old address stays alive, everything that spoke of the record says the new name, nothing else changes."""

import shutil

import pytest
import sites

from generator import cli, commands
from generator.checking import Checker

CASE, PRACTICE = sites.BASE["case"], "content/practices/otra.md"
NEW = "cases/agua-del-valle.md"
BODY = """
## Evidencia

Vea [la mesa](../../cases/mesa-ejemplo.md#resultados), [otra vez][mesa], su [plan](../../cases/mesa-ejemplo/plan.pdf),
y no `mesa-ejemplo` ni [la web](https://example.org/mesa-ejemplo.md).

[mesa]: ../../cases/mesa-ejemplo.md "la mesa"
"""


def kb(folder, *words):
    return cli.main(["--root", str(folder), *words])


@pytest.fixture
def site(tmp_path):
    told = "# quién\nused_in: [ 'mesa-ejemplo' ]   # la mesa\nrelated:\n  - mesa-ejemplo  # sí\n"
    folder = sites.make_site(tmp_path, sites.fields(PRACTICE, f"{told}---\n{BODY}"))
    sites.write(folder, "cases/mesa-ejemplo/plan.pdf", sites.SMALLEST[".pdf"])
    path = folder / CASE
    path.write_text(path.read_text("utf-8").replace("Aquí", "[Plan](mesa-ejemplo/plan.pdf). Aquí", 1), "utf-8")
    kb(folder, "translate", "mesa-ejemplo")
    english = folder / CASE.replace(".md", ".en.md")
    kept = [line for line in english.read_text("utf-8").split("\n") if "TODO:" not in line]
    english.write_text("\n".join(kept), "utf-8")
    assert sites.findings(folder) == ""
    return folder


def test_files_references_and_links_follow_and_comments_survive(site):
    before = (site / PRACTICE).read_text("utf-8")
    assert kb(site, "rename", "mesa-ejemplo", "agua-del-valle") == commands.DONE
    assert sites.findings(site) == ""
    kept = before.replace("'mesa-ejemplo'", "'agua-del-valle'").replace("- mesa-ejemplo  #", "- agua-del-valle  #")
    assert (site / PRACTICE).read_text("utf-8") == kept.replace("/cases/mesa-ejemplo", "/cases/agua-del-valle")
    assert not (site / CASE).exists()
    assert "](agua-del-valle/plan.pdf)" in (site / NEW).read_text("utf-8")
    assert "](agua-del-valle/plan.pdf)" in (site / NEW.replace(".md", ".en.md")).read_text("utf-8")
    assert (site / "cases/agua-del-valle/plan.pdf").read_bytes() == sites.SMALLEST[".pdf"]
    library = Checker(site).check().assembly.records
    assert library["agua-del-valle"].aliases == ("mesa-ejemplo",)


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("aliases: [ uno, dos ] # antes\n", "aliases: [ mesa-ejemplo, uno, dos ] # antes\n"),
        ("aliases:\n  - uno # antes\n  - dos\n", "aliases:\n  - mesa-ejemplo\n  - uno # antes\n  - dos\n"),
        ("aliases:\n- 'uno'\n", "aliases:\n- mesa-ejemplo\n- 'uno'\n"),
        ("", "aliases: [mesa-ejemplo]\n---\n"),
    ],
)
def test_the_old_name_joins_the_former_ones_in_the_form_of_their_list(written, after, site):
    path = site / CASE
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{written}", 1), "utf-8")
    assert kb(site, "rename", "mesa-ejemplo", "agua-del-valle") == commands.DONE
    assert after in (site / NEW).read_text("utf-8")


def test_a_name_that_comes_back_is_no_longer_a_former_one(site):
    kb(site, "rename", "mesa-ejemplo", "agua-del-valle")
    assert kb(site, "rename", "agua-del-valle", "mesa-ejemplo") == commands.WRONG_USE


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("nada", "agua", "no hay ninguna ficha «nada»"),
        ("page:es/inicio", "agua", "no hay ninguna ficha"),
        ("mesa-ejemplo", "Agua del Valle", "¿quiso decir «agua-del-valle»?"),
        ("mesa-ejemplo", "../../agua", "no sirve como nombre"),
        ("mesa-ejemplo", "agua.en", "no sirve como nombre"),
        ("mesa-ejemplo", "gore-moquegua", "ya es de «content/organizations/gore-moquegua.md»"),
        ("mesa-ejemplo", "mesa-ejemplo", "ya es de"),
        ("mesa-ejemplo", "", "no sirve como nombre"),
    ],
)
def test_a_name_that_is_no_good_changes_nothing(old, new, said, site, capsys):
    before = tree(site)
    assert kb(site, "rename", old, new) == commands.WRONG_USE
    assert said in capsys.readouterr().err
    assert tree(site) == before


def test_a_name_that_would_break_a_rule_is_taken_back(site, capsys):
    before = tree(site)
    assert kb(site, "rename", "2025-12-15-ejemplo", "sin-fecha") == commands.ERRORS
    said = capsys.readouterr()
    assert "KB512" in said.out
    assert "todo queda como estaba" in said.err
    assert tree(site) == before


def test_records_with_errors_come_first(site, capsys):
    (site / "cases/rota.md").write_text("---\ntitle: Rota\n---\n", "utf-8")
    before = tree(site)
    assert kb(site, "rename", "mesa-ejemplo", "agua-del-valle") == commands.ERRORS
    assert "corrija primero los errores" in capsys.readouterr().err
    assert tree(site) == before


def test_every_kind_of_real_record_can_be_renamed_and_nothing_breaks(tmp_path):
    for top in ("cases", "content"):
        shutil.copytree(sites.ROOT / top, tmp_path / top)
    for old, new in (("gore-moquegua", "gobierno-regional"), ("canon-minero", "el-canon"), ("moqueguazo-2008", "paro")):
        assert kb(tmp_path, "rename", old, new) == commands.DONE
    records = Checker(tmp_path).check().assembly.records
    assert {"gobierno-regional", "el-canon", "paro"} <= records.keys()


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "old", ["mesa-ejemplo.md", CASE, f"./{CASE}", CASE.replace(".md", ".en.md"), "cases\\mesa-ejemplo.md"]
)
def test_a_record_may_be_named_by_its_file_as_a_shell_completes_it(site, old, capsys):
    assert kb(site, "translate", old) == commands.DONE
    assert kb(site, "rename", old, "cases/agua-del-valle.md") == commands.WRONG_USE
    assert "¿quiso decir «agua-del-valle»?" in capsys.readouterr().err
    assert kb(site, "rename", old, "agua-del-valle") == commands.DONE
    assert sites.findings(site) == ""


def test_minutes_named_by_their_former_id_are_in_the_chain(tmp_path):
    former = "aliases: [2025-12-15-antes]\n"
    second = sites.fields(
        "content/minutes/2026-02-03-acta-torata.md", "start: 2026-02-03\nprevious: 2025-12-15-antes\n"
    )
    broken = sites.check(tmp_path / "a", [sites.fields(sites.BASE["minutes"], former), second])
    assert "«2025-12-15-ejemplo» no dice que «2026-02-03-acta-torata» sea su acta siguiente" in broken
    both = sites.fields(sites.BASE["minutes"], f"{former}next: 2026-02-03-acta-torata\n")
    assert sites.check(tmp_path / "b", [both, second]) == ""
