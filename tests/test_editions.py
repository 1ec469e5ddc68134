"""What an edition may see: closed by default, and nothing else sees more."""

import pytest
import sites

from generator.checking import Checker
from generator.exports.tables import tables
from generator.library.editions import select
from generator.pages.plan import plan
from generator.pages.view import Site
from generator.staging import staged_text

MINUTES = "content/minutes/2025-12-15-ejemplo.md"


def library(folder, edition="public"):
    checked = Checker(folder).check()
    return select(checked.assembly, checked.assets, edition)


def everything_staged(folder, edition="public"):
    from datetime import date

    found = library(folder, edition)
    plans = (planned for lang in ("es", "en") for planned in plan(Site(found, lang, date(2026, 1, 1)), ()))
    return "\n".join(staged_text(planned.make(), planned.twin, "es") for planned in plans)


def test_minutes_that_do_not_say_they_are_public_are_not(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields(MINUTES, "visibility:\ntitle: CANARIO de la reunión\n"))
    assert "2025-12-15-ejemplo" not in library(folder).records
    assert "CANARIO" not in everything_staged(folder)
    assert "CANARIO" in everything_staged(folder, "members")


def test_a_draft_is_in_no_edition(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", "status: draft\ntitle: CANARIO del borrador\n"))
    assert "CANARIO" not in everything_staged(folder)
    assert "CANARIO" not in everything_staged(folder, "members")


def test_confidential_minutes_are_never_public(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields(MINUTES, "rule: confidential\ntitle: CANARIO de la reunión\n"))
    assert "CANARIO" not in everything_staged(folder)


def test_fields_for_members_only_are_not_in_the_public_edition(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields(MINUTES, "join_url: https://canario.example.org/\n"))
    assert "canario.example" not in everything_staged(folder)
    assert "canario.example" in everything_staged(folder, "members")


def test_under_the_chatham_house_rule_nobody_is_named(tmp_path):
    folder = sites.make_site(
        tmp_path,
        sites.fields(
            MINUTES,
            "rule: chatham-house\n"
            "attendance: {total: 9, by_sector: {academia: 2, medios: 7}, organizations: [gore-moquegua]}\n"
            "agreements: [{n: 1, text: Publicar la matriz de compromisos., responsible: [gore-moquegua], due: none}]\n"
            "---\n\n## Discusión\n\nCANARIO de la discusión.\n",
        ),
    )
    (minutes,) = [record for record in library(folder).records.values() if record.kind.name == "minutes"]
    assert minutes.attendance.organizations == ()
    assert minutes.agreements[0].responsible == ()
    public = everything_staged(folder)
    assert "CANARIO" not in public
    assert "&lt;3" in public
    assert "CANARIO" in everything_staged(folder, "members")


def test_an_attachment_of_a_hidden_record_is_not_published(tmp_path):
    folder = sites.make_site(
        tmp_path,
        sites.fields("cases/agua.md", "visibility: members\n"),
        sites.file("cases/agua/plano.csv", "a,b\n"),
        sites.file("cases/mesa-ejemplo/plano.csv", "a,b\n"),
    )
    assert library(folder).assets == {"cases/mesa-ejemplo/plano.csv"}
    assert library(folder, "members").assets == {"cases/agua/plano.csv", "cases/mesa-ejemplo/plano.csv"}


def test_nothing_of_a_hidden_record_is_in_links_facets_or_counts(tmp_path):
    folder = sites.make_site(
        tmp_path,
        sites.fields("cases/agua.md", "visibility: members\ntitle: CANARIO del caso\ncountries: [GH]\nplaces:\n"),
    )
    public = everything_staged(folder)
    assert "CANARIO" not in public
    assert "Ghana" not in public
    assert "Ghana" in everything_staged(folder, "members")


COLUMNS = "year,measure,amount,currency,unit,source_title,source_url,note_es,note_en,verified"
ROW = "2004,canon-recibido-departamento,1,PEN,millions,CANARIO,https://example.org/,,,yes"
TABLE = sites.file("content/data/canario.csv", f"{COLUMNS}\n{ROW}\n")
FIGURE = sites.file("content/data/figura.yml", "plotted: [canon-recibido-departamento]\n")


@pytest.mark.parametrize(
    ("link", "goes_out"),
    [
        ("visibility: members\n---\n[t](../content/data/canario.csv)\n", False),
        ("---\n\nNada.\n", False),
        ("---\n[t](../content/data/canario.csv)\n", True),
        ("---\n![f](../content/data/figura.yml)\n", True),
    ],
)
def test_a_table_goes_out_only_where_a_public_record_links_it_or_shows_what_is_drawn_from_it(tmp_path, link, goes_out):
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", link), TABLE, FIGURE)
    public = library(folder)
    assert bool(public.data.tables) is bool(tables(public, "es")) is goes_out
    assert library(folder, "members").data.tables


GAP = "unknowns: [{kind: open-question, text: CANARIO de lo que no se sabe.}]\n"


def test_what_a_hidden_record_does_not_know_is_not_gathered(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", f"visibility: members\n{GAP}"))
    assert "CANARIO" not in everything_staged(folder)
    assert "CANARIO" in everything_staged(folder, "members")


def test_what_is_not_known_of_a_meeting_under_the_chatham_house_rule_is_for_members(tmp_path):
    """It is written freely, like the discussion, and may let out who said what."""
    folder = sites.make_site(tmp_path, sites.fields(MINUTES, f"rule: chatham-house\n{GAP}"))
    assert "2025-12-15-ejemplo" in library(folder).records
    assert "CANARIO" not in everything_staged(folder)
    assert "CANARIO" in everything_staged(folder, "members")


ROOM = "chat.whatsapp.com/CANARIO1"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (f"place: {{name: Sala {ROOM}}}\n", True),
        (f"---\n\nEntre [aquí](https://{ROOM}).\n", True),
        ("---\n\nEntre así: Meet.google.com/CANARIO1\n", True),
        ("place: {name: Zoom.us/j/CANARIO1}\n", True),
        (f"join_url: https://{ROOM}\n", False),
        (f"visibility: members\nplace: {{name: Sala {ROOM}}}\n", False),
        (f"rule: chatham-house\npublic_summary: {'El grupo acordó algo. ' * 3}\n---\n\n{ROOM}\n", False),
    ],
)
def test_the_way_into_a_meeting_stands_in_no_public_text(tmp_path, text, refused):
    said = sites.check(tmp_path, [sites.fields(MINUTES, text)])
    assert ("KB824" in said) is refused
    assert "CANARIO1" not in said
