"""The editors' desk: each thing that waits stands in its part, with its day, and no reader of the public site sees it."""

import json
import re
import shutil
from datetime import date

import pytest
import sites

from generator import cli, commands
from generator.checking import Checker
from generator.editing.beginning import whole_library
from generator.library.desk import desk
from generator.library.editions import EDITIONS, select
from generator.pages.menu import menu
from generator.pages.plan import plan
from generator.pages.view import Site
from generator.pages.wording import told
from generator.pipeline import Pipeline
from generator.reading.seen import Seen, seen_links

TODAY = date(2026, 11, 23)
STAMP = "1795435200"
OURS = "body_of: core-group\nsources:\nvisibility: members\nattendance: {total: 9}\n"
AMENDED = (
    "amendments:\n"
    "- {date: 2026-11-01, sector: academia, text: Dice 22; debe decir 23.}\n"
    "- {date: 2026-11-02, sector: academia, text: Dice 24; debe decir 25., accepted: no}\n"
)
AGREEMENTS = (
    "agreements:\n"
    "- {n: 1, text: Publicar la matriz., responsible: unknown, due: 2026-11-22, verify_by: Se ve.}\n"
    "- {n: 2, text: Publicar el plano., responsible: unknown, due: 2026-11, verify_by: Se ve.}\n"
    "- {n: 3, text: Publicar el acta., responsible: unknown, due: 2026-11-15, verify_by: Se ve.}\n"
    "- {n: 4, text: Hecho., responsible: unknown, due: 2026-11-15, verify_by: Se ve., updates: [{date: 2026, status: complete}]}\n"
)
REVIEWED = "status: published\ncreated: 2024-01\nreviewed: {{date: {on}, sectors: [academia, empresa-minera]}}\n"
DEAD = "https://example.org/informe"


def meeting(name, text):
    day = name[:10]
    return sites.fields(f"content/minutes/{name}.md", f"start: {day}\nnumber:\n{OURS}{text}")


EXAMPLES = (
    sites.fields("cases/borrador.md", "title: El caso en borrador\nstatus: draft\ncreated: 2026-10\n"),
    sites.fields("cases/viejo.md", "title: El caso que espera\ncreated: 2020-01-02\n"),
    sites.fields("cases/hoy.md", "title: Revisado hace un año\n" + REVIEWED.format(on="2025-11-23")),
    sites.fields("cases/ayer.md", "title: Revisado hace más\n" + REVIEWED.format(on="2025-11-22")),
    sites.fields("cases/otro.md", "title: Cambió después\nupdated: 2026-11-02\n" + REVIEWED.format(on="2026-11-01")),
    meeting("2026-09-01-cerrada", f"minutes_status: amendment-window\namendments_until: 2026-11-22\n{AMENDED}"),
    meeting("2026-10-01-abierta", "minutes_status: amendment-window\namendments_until: 2026-11-23\n"),
    meeting("2026-11-01-borrador", f"minutes_status: draft\n{AGREEMENTS}"),
    meeting("2026-08-01-aprobada", "minutes_status: approved\napproved_on: 2026-09-01\nstatus: archived\n"),
    sites.file("cases/viejo.en.md", "---\ntranslated_from: 000000000000\ntranslation: human\ntitle: The case that waits\n"
               "summary: Three communities and a company measured the water together and published what they had found.\n---\n"
               "\n## Context\n\nx\n\n## What was done\n\nx\n\n## Results\n\nx\n\n## Lessons\n\nx\n"),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = sites.make_site(tmp_path_factory.mktemp("desk"), *EXAMPLES)
    for name in ("mkdocs.yml", "overrides"):
        copy = shutil.copytree if (sites.ROOT / name).is_dir() else shutil.copy
        copy(sites.ROOT / name, made / name)
    return made


def links(folder, told):
    sites.write(folder, "build/links.json", told if isinstance(told, bytes) else json.dumps(told).encode())
    return seen_links(folder)


def parts(folder, lang="es", seen=None, edition=None):
    checked = Checker(folder).check()
    library = select(checked.assembly, checked.assets, edition) if edition else whole_library(checked)
    return {part.name: part for part in desk(library, lang, TODAY, seen)}


def rows(part, lang="es"):
    return {row.name: told(row.said, row.facts, lang) for row in part.rows}


def test_each_thing_that_waits_stands_in_its_part_with_its_day(folder):
    assert "error" not in sites.findings(folder)
    found = parts(folder)
    assert list(rows(found["windows"]).items()) == [
        ("2026-09-01-cerrada", "el plazo se cerró: 22 de noviembre de 2026; falta aprobar el acta; por decidir: 1"),
        ("2026-10-01-abierta", "observaciones hasta: 23 de noviembre de 2026; por decidir: 0"),
    ]
    assert list(rows(found["overdue"]).items()) == [
        ("2026-11-01-borrador/3", "venció: 15 de noviembre de 2026"),
        ("2026-11-01-borrador/1", "venció: 22 de noviembre de 2026"),
    ]
    assert rows(found["drafts"]).keys() == {"borrador", "2026-11-01-borrador"}
    assert rows(found["drafts"])["borrador"] == "desde: octubre de 2026"
    assert next(iter(rows(found["review"]).items())) == ("viejo", "desde: 2 de enero de 2020"), "the oldest first"
    assert "2026-11-01-borrador" not in rows(found["review"]), "what is unfinished waits for its author"
    assert "gore-moquegua" not in rows(found["review"]), "an organisation is never reviewed"
    assert rows(found["past"]) == {
        "ayer": "su revisión tiene más de un año: 22 de noviembre de 2025",
        "otro": "cambió después de su revisión: 1 de noviembre de 2026",
    }
    assert rows(found["stale"]) == {"viejo": "lo que cambió lo dice: kb translate viejo"}


def test_words_are_in_the_language_asked_for(folder):
    found = parts(folder, "en")
    assert rows(found["past"], "en")["ayer"] == "its review is over a year old: 22 November 2025"
    assert [row.words for row in found["stale"].rows] == ["The case that waits"]


def test_a_dead_link_stands_once_for_each_record_that_holds_it_wherever_it_stands(folder, tmp_path):
    elsewhere = sites.fields(
        "cases/cuerpo.md", "sources: [{title: Uno, url: 'https://example.org/1'}]\n"
        f"---\n\n## Contexto\n\n[a]({DEAD})\n\n## Qué se hizo\n\nx\n\n## Resultados\n\nx\n\n## Lecciones\n\nx\n",
    )  # fmt: skip
    site = sites.make_site(tmp_path, elsewhere)
    copy = "https://web.example.org/copia"
    seen = links(site, {DEAD: {"status": 404, "seen": "2026-11-20", "archived": copy}, "https://example.org/1": {"status": None, "seen": "2026-11-21", "archived": None}})  # fmt: skip
    found = parts(site, seen=seen)["links"]
    told_of = [(row.name, told(row.said, row.facts, "es"), row.copy) for row in found.rows]
    gone = f"respondió 404, visto: 20 de noviembre de 2026; {DEAD}"
    assert ("cuerpo", gone, copy) in told_of, "in the text"
    assert ("mesa-ejemplo", gone, copy) in told_of, "in a field"
    assert ("cuerpo", "no respondió, visto: 21 de noviembre de 2026; https://example.org/1", "") in told_of
    assert found.remark is None


@pytest.mark.parametrize(
    ("status", "gone"), [(None, True), (404, True), (410, True), (301, True), (200, False), (503, False), (403, False), (429, False)]
)  # fmt: skip
def test_who_refuses_machines_is_not_taken_for_dead(status, gone):
    assert Seen(status, TODAY).is_gone is gone


@pytest.mark.parametrize(
    "bad", [b"", b"[1]", b"{", b'{"a": 1}', b'{"a": {"status": "x", "seen": "2026-11-20"}}', b"\xff"]
)
def test_a_note_of_links_that_cannot_be_read_is_as_none(bad, tmp_path):
    site = sites.make_site(tmp_path)
    assert links(site, bad) is None
    found = parts(site)["links"]
    assert found.remark
    assert found.remark.es == "Nadie ha mirado los enlaces todavía: kb links"
    assert found.total == "–"


def test_a_copy_is_a_web_address_or_none(tmp_path):
    noted = {DEAD: {"status": 404, "seen": "2026-11-20", "archived": "javascript:alert(1)"}}
    assert links(tmp_path, noted)[DEAD].archived == ""


@pytest.fixture
def status(folder, monkeypatch, capsys):
    def run(lang="es"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", STAMP)
        assert cli.main(["--root", str(folder), "--lang", lang, "status"]) == commands.DONE
        return capsys.readouterr().out

    return run


def test_the_terminal_reads_well_at_80_columns_and_ends_with_the_numbers(status):
    said = status()
    assert said.startswith("Escritorio de edición · 23 de noviembre de 2026\n")
    assert max(map(len, said.splitlines())) <= 80
    assert "  borrador · desde: octubre de 2026\n    El caso en borrador\n" in said
    assert re.search(
        r"\n    2  Acuerdos vencidos\n    2  Borradores\n.*    –  Enlaces caídos\nNadie ha mirado", said, re.DOTALL
    )
    assert "Overdue agreements: 2\n" in status("en")


def test_the_terminal_says_that_a_record_with_errors_is_not_counted(status, folder):
    broken = folder / "cases/roto.md"
    broken.write_text("---\ntitle: x\n---\n", "utf-8")
    try:
        assert "Hay fichas con errores, que no se cuentan aquí: 1. Las nombra: kb check" in status()
    finally:
        broken.unlink()


def made(folder, edition, lang="es"):
    checked = Checker(folder).check()
    site = Site(select(checked.assembly, checked.assets, edition), lang, TODAY, {})
    return {planned.path: planned for planned in plan(site, ())}, str(menu(site))


@pytest.mark.parametrize(("lang", "path"), [("es", "escritorio/"), ("en", "desk/")])
def test_members_find_the_desk_in_the_menu_and_on_it_what_waits(folder, lang, path):
    planned, ways = made(folder, "members", lang)
    assert f"{path}index.md" in ways
    html = planned[path].make().html
    assert "2026-11-01-borrador/3" in html
    assert 'href="../casos/viejo/"' in html if lang == "es" else 'href="../cases/viejo/"' in html
    assert "#acuerdo_3" in html
    assert "style=" not in html


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_row_leads_to_a_page_of_this_site(lang):
    """On the real site, as if some links of its page of history were dead: the page has a twin in the other language."""
    checked = Checker(sites.ROOT).check()
    library = select(checked.assembly, checked.assets, "members")
    cited = [source.url for source in library.records["page:es/historia"].sources if source.url]
    seen = {address: Seen(404, TODAY) for address in cited[:3]}
    planned = {page.path: page for page in plan(Site(library, lang, TODAY, seen), ())}
    path = "escritorio/" if lang == "es" else "desk/"
    html = planned[path].make().html
    ways = {href for href in re.findall(r'href="\.\./([^"#]*)', html) if href}
    assert {"historia/", "history/"} & ways
    assert ways <= planned.keys()


def test_of_a_draft_members_read_only_that_there_is_one(folder):
    part = parts(folder, edition="members")["drafts"]
    assert (part.hidden, part.total) == (1, "2")
    assert rows(part).keys() == {"2026-11-01-borrador"}, "unfinished minutes are for members, a draft for nobody yet"
    html = made(folder, "members")[0]["escritorio/"].make().html
    assert "Fichas en preparación que ninguna edición muestra: 1." in html
    assert "El caso en borrador" not in html


def test_the_public_edition_has_no_desk(folder):
    for lang, path in (("es", "escritorio/"), ("en", "desk/")):
        planned, ways = made(folder, "public", lang)
        assert path not in planned
        assert path not in ways


@pytest.mark.slow
def test_no_byte_of_the_built_public_site_is_of_the_desk(folder):
    checked = Checker(folder).check()
    built = {edition: Pipeline(folder).build(checked, edition) for edition in EDITIONS}
    words = re.compile(rb"escritorio|en/desk/|Editors' desk", re.IGNORECASE)
    holding = {
        edition: {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file() and words.search(file.read_bytes())}
        for edition, site in built.items()
    }  # fmt: skip
    assert not holding["public"]
    assert {"escritorio/index.html", "en/desk/index.html", "index.html"} <= holding["members"], "so that this can fail"
