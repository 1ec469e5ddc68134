"""The faces of a rule that its page does not show: other fields it watches, and what it lets pass."""

import pytest
import sites

CASE, PRACTICE = "cases/agua.md", "content/practices/matriz.md"
MINUTES, OTHER_MINUTES = "content/minutes/2026-02-03-acta.md", "content/minutes/2025-12-15-ejemplo.md"
MEETING = "start: 2026-02-03T18:00\n"
AGREEMENT = "agreements:\n- n: 1\n  text: Publicar la matriz.\n  due: none\n"
TRANSLATED = "---\ntranslation: human\ntitle: Water monitoring\nsummary: " + "Three communities measured the water" * 2


def said_of(folder, *examples):
    return sites.check(folder, examples)


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (CASE, "authors:\n- organization:\n", "KB318]: esta entrada de «authors» no dice quién"),
        (CASE, "authors:\n- organization: gore-moqegua\n", "KB504]: no hay ninguna ficha «gore-moqegua»"),
        (CASE, "organizations: [mesa-ejemplo]\n", "existe, pero es de otro tipo: «cases/mesa-ejemplo.md»"),
        (CASE, "updated: 2020\n", "«updated» (2020) es anterior a «created»"),
        (CASE, "location: {lat: -70.84, lon: -17.08}\n", "¿quiso decir «lat: -17.08, lon: -70.84»?"),
        (CASE, "location: {lat: 47.9, lon: 106.9}\n", "Perú está entre "),
        (CASE, "topics: [agua, ]\nstage:\n-\n", "borre la entrada vacía o escriba su valor"),
        (CASE, "sources:\n  title: Informe anual\n", "escriba «sources: [{title: Informe anual}]»"),
        (PRACTICE, "maturity: good\nused_in: [mesa-ejemplo, mesa-ejemplo]\n", "necesita el campo «validation»"),
        (MINUTES, MEETING + "end: 2026-02-03T17:00\n", "«end» (2026-02-03T17:00) es anterior a «start»"),
        (MINUTES, MEETING + "approved_on: 2025-12-01\n", "«approved_on» (2025-12-01) es anterior a «start»"),
        (MINUTES, MEETING + "sources:\n", "falta «sources», obligatorio cuando la reunión es de otro espacio"),
        (
            MINUTES,
            MEETING + "minutes_status: approved\n",
            "falta «approved_on», obligatorio cuando el acta está aprobada",
        ),
        (MINUTES, MEETING + "body_of: forum\n", "falta «attendance», obligatorio cuando la reunión es de la comunidad"),
        (MINUTES, MEETING + AGREEMENT + "  responsible: []\n", "KB305]: «responsible» tiene 0 entradas"),
        (MINUTES, MEETING + AGREEMENT.replace("none", "ninguno"), "escriba «none» si no se fijó plazo"),
        (
            "content/organizations/otra.md",
            "active: {since: 2012, until: 2001}\n",
            "«until» (2001) es anterior a «since»",
        ),
        (
            "content/pages/en/page.md",
            "translation_of: inico\n",
            "KB507]: es la traducción de «content/pages/es/inico.md»",
        ),
    ],
)
def test_a_rule_watches_other_fields_too(path, text, message, tmp_path):
    assert message in said_of(tmp_path, sites.fields(path, text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (CASE, "period: {start: 2011, ongoing: no}\n"),
        (CASE, "period: {start: 2011-06, end: 2011}\n"),
        (CASE, "authors:\n- organization: gore-moquegua\n"),
        (CASE, "location: {lat: -18.9, lon: -70.3}\n"),
        (MINUTES, MEETING + "end: 2026-02-03\n"),
        (MINUTES, MEETING + AGREEMENT + "  responsible: unknown\n"),
        (MINUTES, MEETING + AGREEMENT + "  responsible: [unknown]\n"),
    ],
)
def test_what_is_known_to_be_unknown_passes(path, text, tmp_path):
    assert said_of(tmp_path, sites.fields(path, text)) == ""


def test_a_record_with_errors_of_its_own_is_not_called_missing_by_others(tmp_path):
    printed = said_of(
        tmp_path,
        sites.fields("cases/uno.md", "created: nunca\n"),
        sites.fields("cases/dos.md", "related: [uno]\n"),
        sites.file("cases/uno.en.md", f"{TRANSLATED}\n---\n"),
    )
    assert printed.count("[KB") == 1
    assert "KB306" in printed


def test_public_minutes_need_not_name_the_members_ones_that_follow(tmp_path):
    after = sites.fields(MINUTES, MEETING + "visibility: members\nprevious: 2025-12-15-ejemplo\n")
    assert said_of(tmp_path, after) == ""


@pytest.mark.parametrize(
    ("translated", "message"),
    [
        ("- n: 2\n  text: Publish.\n", "KB508]: una traducción no puede cambiar «n»"),
        ("- updates:\n  - note: One.\n  - note: Two.\n", "las entradas de «updates» son 2 aquí y 1 en el original"),
    ],
)
def test_a_translation_is_checked_as_deep_as_it_goes(translated, message, tmp_path):
    news = "  responsible: unknown\n  updates:\n  - date: 2026-03\n    status: limited\n    note: Una.\n"
    original = sites.fields(OTHER_MINUTES, AGREEMENT + news)
    path = OTHER_MINUTES.replace(".md", ".en.md")
    printed = said_of(tmp_path, original, sites.file(path, f"{TRANSLATED}\nagreements:\n{translated}---\n"))
    assert message in printed
    assert printed.count("[KB") == 1


def test_a_list_of_texts_is_translated_whole(tmp_path):
    rest = "problem: Many promises.\nlimiting_factors: [No secretariat]\nenabling_factors: [Minutes, Money]\n"
    path = sites.BASE["practice"].replace(".md", ".en.md")
    printed = said_of(tmp_path, sites.file(path, f"{TRANSLATED}\n{rest}---\n\n## Evidence\n\nIt was seen [1].\n"))
    assert "las entradas de «enabling_factors» son 2 aquí y 1 en el original" in printed
    assert "tradúzcalas todas, en el mismo orden" in printed
