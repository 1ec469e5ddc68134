"""Meetings under the Chatham House rule: what goes out, what can be computed from it, and whom it names."""

import pytest
import sites
from pydantic import BaseModel

from generator.checking import Checker
from generator.library.editions import face_of, select
from generator.model.fields import about_of

MINUTES, OTHER = "content/minutes/2025-12-15-ejemplo.md", "content/minutes/2026-02-03-acta.md"
RULE = "rule: chatham-house\npublic_summary: El grupo acordó publicar cada año la matriz de compromisos.\n"
ORGANIZATION = sites.fields(
    "content/organizations/gore-moquegua.md",
    "name: Gobierno Regional de Moquegua (sede central)\nacronym: OEFA\naliases: [gobierno-moquegua, agrosur]\n",
)


def checked(folder, *examples):
    return Checker(sites.make_site(folder, *examples)).check()


def face(folder, text, edition="public"):
    record = checked(folder, sites.fields(MINUTES, RULE + text)).assembly.records["2025-12-15-ejemplo"]
    return face_of(record, edition)


def closed_values(part, here=""):
    """Every value that a part holds of a field that attributes something, however deep."""
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if not about_of(field).unattributed:
            yield f"{here}{name}", value
            continue
        for entry in value if isinstance(value, tuple) else (value,):
            if isinstance(entry, BaseModel):
                yield from closed_values(entry, f"{here}{name}.")


def test_only_what_attributes_nothing_goes_out(tmp_path):
    text = "".join(
        sites.yaml_of({name: about_of(field).example})
        for name, field in sites.record_class(MINUTES).model_fields.items()
        if name not in ("rule", "public_summary", "start")
    )
    text = text.replace("due: 2026-03", "due: 2026-03\n  supporting: [gore-moquegua]")
    shown = face(tmp_path, text)
    values = dict(closed_values(shown))
    assert {"attendance.total", "agenda.records", "agreements.responsible", "authors", "sources"} <= values.keys()
    assert {name for name, value in values.items() if value not in (None, (), False, "CC-BY-4.0")} == set()
    assert shown.body.text == "" == shown.body.whole
    assert shown.public_summary
    assert dict(closed_values(face(tmp_path / "again", text, "members")))["agreements.responsible"]


@pytest.mark.parametrize(
    ("counts", "large", "few"),
    [
        ("{academia: 2, medios: 7}", {"medios": 7}, ("academia",)),
        ("{academia: 3, medios: 0, otro: 1}", {"academia": 3}, ("medios", "otro")),
        ("{academia: 5}", {"academia": 5}, ()),
    ],
)
def test_small_counts_go_out_as_few_and_nothing_gives_them_back(tmp_path, counts, large, few):
    shown = face(tmp_path, f"attendance: {{total: 9, women: 4, men: 5, by_sector: {counts}, few: [base-social]}}\n")
    counted = shown.attendance
    assert (counted.by_sector, counted.few) == (large, tuple(sorted((*few, "base-social"))))
    # With a total, the one hidden count would be what is left; without any margin there is nothing to subtract from.
    assert (counted.total, counted.women, counted.men) == (None, None, None)


def test_the_organisation_of_a_meeting_under_the_rule_does_not_lead_back_to_it(tmp_path):
    agreement = "agreements: [{n: 1, text: Publicar la matriz., responsible: [gore-moquegua], due: none}]\n"
    found = checked(tmp_path, sites.fields(MINUTES, RULE + "organizations: [gore-moquegua]\n" + agreement))
    public = select(found.assembly, found.assets, "public")
    members = select(found.assembly, found.assets, "members")
    assert "2025-12-15-ejemplo" not in public.backlinks["gore-moquegua"]
    assert "2025-12-15-ejemplo" in members.backlinks["gore-moquegua"]


def test_its_attachments_stay_inside(tmp_path):
    files = sites.file("content/minutes/2025-12-15-ejemplo/asistencia.csv", "a,b\n")
    found = checked(tmp_path, sites.fields(MINUTES, RULE), files)
    assert not select(found.assembly, found.assets, "public").assets
    assert select(found.assembly, found.assets, "members").assets


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("title: Lo que dijo el gobierno regional de MOQUEGUA\n", "«title» nombra a «gobierno regional de MOQUEGUA»"),
        ("agenda: [{title: Lo que pidió Agrosur}]\n", "«title» nombra a «Agrosur»"),
        ("place: {name: Local de la OEFA}\n", "«name» nombra a «OEFA»"),
        ("public_summary: El Gobierno de Moquegua, como Oefa, se opuso a todo ello.\n", None),
        (
            "agreements: [{n: 1, text: Publicar la matriz., responsible: unknown, due: none, verify_by: Lo dice Oefa.}]\n",
            "«verify_by» nombra a «Oefa»",
        ),
    ],
)
def test_a_name_is_found_in_every_text_that_goes_out(tmp_path, text, named):
    said = sites.check(tmp_path, [sites.fields(MINUTES, RULE + text), ORGANIZATION])
    assert "KB820" in said
    assert named is None or named in said


SAID = "public_summary: El grupo se reunió en Moquegua; {0}. Acordó publicar cada año la matriz.\n"


@pytest.mark.parametrize(
    "words",
    [
        "asistieron cinco empresas",
        "Asistió una empresa minera",
        "éramos nueve",
        "participaron 12 personas",
        "estuvieron presentes, entre otros, dos representantes de comunidades",
        "dos medios y una ONG estuvieron en ella",
        "con la participación de tres comunidades",
        "hubo 14 participantes",
        "media docena de alcaldes participaron",
        "five companies attended it",
        "it was attended by nine",
        "we were twenty-one",
        "a meeting attended by representatives of two communities",
    ],
)
def test_no_text_says_in_words_how_many_were_there(tmp_path, words):
    assert "KB823" in sites.check(tmp_path, [sites.fields(MINUTES, RULE + SAID.format(words))])


@pytest.mark.parametrize(
    "words",
    [
        "se reunió el 12 de marzo",
        "es la tercera vez en dos años",
        "capacitará a 30 personas de cinco comunidades",
        "el presupuesto participativo llega a tres municipalidades",
        "las empresas asistieron durante tres horas",
        "presentará a dos municipalidades la matriz",
        "the group met on 12 March and will visit two communities",
    ],
)
def test_other_figures_are_left_alone(tmp_path, words):
    assert "KB823" not in sites.check(tmp_path, [sites.fields(MINUTES, RULE + SAID.format(words))])


@pytest.mark.parametrize("words", ["lo dijo el Ing. Fulano", "habló José Quispe Mamani", "lo pidió doña Fulana"])
def test_no_person_is_named_and_no_consent_opens_it(tmp_path, words):
    text = SAID.format(words) + "consent:\n  basis: escrito\n  date: 2026-11-20\n"
    assert "KB822" in sites.check(tmp_path, [sites.fields(MINUTES, RULE + text)])


def test_an_acronym_with_points_or_in_the_address_is_found(tmp_path):
    dotted = sites.fields(MINUTES, RULE + SAID.format("lo pidió la O.E.F.A. de aquí"))
    assert "«OEFA»" in sites.check(tmp_path / "1", [dotted, ORGANIZATION])
    told = "content/minutes/2025-12-17-con-oefa.md"
    said = sites.check(tmp_path / "2", [sites.fields(told, RULE + "start: 2025-12-17\n"), ORGANIZATION])
    assert "«id» nombra a «OEFA»" in said


def test_an_organisation_s_public_record_may_not_lead_to_the_meeting(tmp_path):
    link = "---\n\nEstuvo en la [reunión](../minutes/2025-12-15-ejemplo.md).\n"
    member = sites.fields("content/organizations/gore-moquegua.md", f"name: Gobierno del valle\n{link}")
    assert "KB820" in sites.check(tmp_path / "1", [sites.fields(MINUTES, RULE), member])
    assert "KB820" not in sites.check(tmp_path / "2", [sites.fields(MINUTES, "rule: open\n"), member])


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nEl Gobierno Regional de Moquegua lo dijo.\n",
        "sources: [{title: Informe de la OEFA}]\norganizations: [gore-moquegua]\n",
        "visibility: members\ntitle: Reunión con la OEFA\n",
        "rule: open\ntitle: Reunión con la OEFA\n",
        "title: Las aguas del agrosur y de su valle\n",
        "summary: Un gobierno y la agrosuriana empresa midieron el agua de Moquegua y publicaron los resultados.\n",
    ],
)
def test_what_does_not_go_out_or_names_nobody_is_left_alone(tmp_path, text):
    assert "KB820" not in sites.check(tmp_path, [sites.fields(MINUTES, RULE + text), ORGANIZATION])


def test_a_name_in_a_translation_is_found_there_and_said_once(tmp_path):
    words = "translation: human\ntitle: What OEFA said there\nsummary: " + "Three communities measured the water. " * 2
    said = sites.check(
        tmp_path,
        [
            sites.fields(MINUTES, RULE),
            sites.file(MINUTES.replace(".md", ".en.md"), f"---\n{words}\n---\n"),
            ORGANIZATION,
        ],
    )
    assert said.count("KB820") == 1
    assert "2025-12-15-ejemplo.en.md:3" in said


def test_public_minutes_under_the_rule_say_what_was_agreed_to_publish(tmp_path):
    said = sites.check(tmp_path, [sites.fields(MINUTES, "rule: chatham-house\n")])
    assert "KB320]: falta «public_summary»" in said


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("related: [2026-02-03-acta]\n", True),
        ("---\n\n## Contexto\n\n[acta](../content/minutes/2026-02-03-acta.md)\n", True),
        ("---\n\n## Contexto\n\n[lista](../content/minutes/2026-02-03-acta/lista.csv)\n", True),
        ("visibility: members\nrelated: [2026-02-03-acta]\n", False),
    ],
)
@pytest.mark.parametrize(
    "hidden", ["visibility: members\n", "rule: confidential\n", "minutes_status: draft\n", "body_of: forum\n"]
)
def test_a_public_record_may_not_refer_to_what_is_inside(tmp_path, text, refused, hidden):
    said = sites.check(
        tmp_path,
        [
            sites.fields("cases/agua.md", text),
            sites.fields(OTHER, f"start: 2026-02-03\n{hidden}"),
            sites.file("content/minutes/2026-02-03-acta/lista.csv", "a,b\n"),
        ],
    )
    assert ("KB511" in said) is refused


def test_what_stays_inside_may_refer_to_what_is_inside(tmp_path):
    """Under the rule neither the text nor the records of the agenda go out: they reveal nothing."""
    text = "agenda: [{title: Avances, records: [mesa-interna]}]\n---\n\n[mesa](../../cases/mesa-interna.md)\n"
    hidden = sites.fields("cases/mesa-interna.md", "visibility: members\n")
    assert "KB511" not in sites.check(tmp_path / "1", [sites.fields(MINUTES, RULE + text), hidden])
    assert sites.check(tmp_path / "2", [sites.fields(MINUTES, text), hidden]).count("KB511") == 2


@pytest.mark.parametrize(
    ("html", "refused"),
    [
        ('<a href="../content/minutes/2026-02-03-acta.md">x</a>', True),
        ("<p><a\nhref=..&#47;content/minutes/2026-02-03-acta.md>x</a></p>", True),
        ('<img src="../content/minutes/2026-02-03-acta/plano.png" alt="x">', True),
        ('<a href="https://example.org/">x</a><a href="#contexto">y</a><a name="z">z</a>', False),
    ],
)
def test_html_may_not_lead_where_no_check_sees(tmp_path, html, refused):
    said = sites.check(tmp_path, [sites.fields("cases/agua.md", f"---\n\n## Contexto\n\n{html}\n")])
    assert ("KB701" in said) is refused
