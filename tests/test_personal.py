"""Personal data: what is found by its form, what is left alone, and that no report repeats it."""

import pytest
import sites
from test_rule_faces import TRANSLATED

from generator.base.text import Source
from generator.checking import Checker
from generator.reading.personal import find
from generator.records.case import Case
from generator.report import formats

CASE = "cases/agua.md"


def codes(text):
    return [found.rule.code for found in find(Source("cases/agua.md", text))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Firmó con DNI 40111222.", "KB801"),
        ("identificado con D.N.I. N.° 40111222", "KB801"),
        ("documento de identidad: 40111222", "KB801"),
        ("40111222 (DNI)", "KB801"),
        ("el número 40111222-K", "KB801"),
        ("identity document 40111222-5", "KB801"),
        ("Cel. 953111222", "KB802"),
        ("953 111 222", "KB802"),
        ("953-111-222", "KB802"),
        ("953.111.222", "KB802"),
        ("+51 953 111 222", "KB802"),
        ("+51953111222", "KB802"),
        ("tel:+51-53-461234", "KB802"),
        ("(053) 461234", "KB802"),
        ("053-461234", "KB802"),
        ("053 461 234", "KB802"),
        ("(01) 444 1234", "KB802"),
        ("01-4441234", "KB802"),
        ("DNI Nº40111222", "KB801"),
        ("DNI 40.111.222", "KB801"),
        ("DNI N.° 40 111 222", "KB801"),
        ("identificado con DNI\n  40111222", "KB801"),
        ("carné de extranjería 001234567", "KB801"),
        ("el 51953111222", "KB802"),
        ("0051 953111222", "KB802"),
        ("(053) 46-1234", "KB802"),
        ("(053)46-1234", "KB802"),
        ("053 46-1234", "KB802"),
        ("953\u00a0111\u00a0222", "KB802"),
        ("953\u2011111\u2011222", "KB802"),
        ("fulano.mengano@correo.pe", "KB803"),
        ("<fmengano@gob.pe>", "KB803"),
        ("mailto:f_mengano+canon@uni.edu.pe", "KB803"),
    ],
)
def test_personal_data_is_found_by_its_form(text, code):
    assert codes(f"title: Agua\nsummary: Vea {text}\n") == [code]


@pytest.mark.parametrize(
    "text",
    [
        "RUC 20131312955",
        "el 01-12-2023",
        "documento 201512345",
        "40 111 222 toneladas",
        "RUC 10401112221",
        "identificada con RUC 20131312955",
        "amount: 953111222",
        "S/ 953 111 222 en 2023",
        "se transfirieron 953111222 soles",
        "US$ 40111222",
        "953 111 222 toneladas",
        "el 20231215",
        "2023-12-15T18:00",
        "2011-2012",
        "places: [180101, 180102]",
        "expediente 40111222",
        "documento: oficio 40111222",
        "Ley 29733, DS 016-2024-JUS",
        "Resolución 001-2024-1234567",
        "código SNIP 40111222",
        "https://example.org/noticias/953111222-agua",
        "https://example.org/x?id=40111222",
        "https://example.org/doc/953111222",
        "https://example.org/@usuario",
        "mesadepartes@regionmoquegua.gob.pe",
        "contacto@example.org",
        "0,95311122",
        "-17.1942, -70.9333",
        "51.953.111.222",
        "ISBN 978-612-1234-56-7",
        "en 953 distritos",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert codes(f"title: Agua\nsummary: Vea {text}\n") == []


SECRETS = ("40111222", "953 111 222", "fulano@correo.pe", "Mengano")
RECORD = (
    "title: Agua 40111222 de prueba\nsummary: DNI 40111222, 953 111 222, fulano@correo.pe\n"
    "authors:\n- name: Sr. Fulano Mengano\ncreated: DNI 40111222\n---\n\n# DNI 40111222\n\n<b style=x>953 111 222</b>\n"
)


@pytest.mark.parametrize("name", sorted(formats()))
@pytest.mark.parametrize("created", ["", "nunca"])
def test_no_report_repeats_what_was_found_nor_does_another_rule(name, created, tmp_path):
    """The summary is too short, the date is none, the heading is of the wrong level: those rules quote their line."""
    text = RECORD if created else RECORD.replace("created: DNI 40111222\n", "")
    report = Checker(sites.make_site(tmp_path, sites.fields(CASE, text))).check().report
    assert {"KB801", "KB802", "KB803"} <= {found.rule.code for found in report.diagnostics}
    assert report.count(report.diagnostics[0].rule.severity) > 3
    for lang in ("es", "en"):
        printed = formats()[name](report, lang)
        shown = [secret for secret in SECRETS[: 3 if created else 4] if secret in printed]
        # Digits that are no one's by themselves (in the title, without the word DNI) may stand.
        assert shown == [] or (shown == ["40111222"] and "DNI 40111222" not in printed)


def test_a_consent_opens_the_record_and_its_translation_only(tmp_path):
    said = "consent:\n  basis: consentimiento escrito\n  date: 2026-11-20\n"
    text = "transferability: DNI 40111222\n"
    english = sites.file("cases/agua.en.md", f"{TRANSLATED}\ntransferability: DNI 40111222\n---\n")
    others = sites.fields("cases/otra.md", text)
    printed = sites.check(tmp_path, [sites.fields(CASE, text + said), english, others])
    assert printed.count("[KB801]") == 1
    assert "cases/otra.md:40:22" in printed.partition("[KB801]")[2]


def test_a_consent_in_the_text_is_no_consent(tmp_path):
    text = "transferability: DNI 40111222\n---\n\n## Contexto\n\nconsent: sí\n"
    assert "KB801" in sites.check(tmp_path, [sites.fields(CASE, text)])


@pytest.mark.parametrize(
    ("said", "is_consent"),
    [
        ("consent:\n", False),
        ("consent: ''\n", False),
        ("consent:  # falta\n  # basis: escrito\n", False),
        ("consent:  # por carta\n\n  basis: escrito\n  date: 2026-11-20\n", True),
        ("consent: {basis: escrito, date: 2026-11-20}\n", True),
    ],
)
def test_a_consent_left_empty_is_no_consent(said, is_consent, tmp_path):
    printed = sites.check(tmp_path, [sites.fields(CASE, f"transferability: DNI 40111222\n{said}")])
    assert ("KB801" in printed) is not is_consent


def test_a_file_that_cannot_be_read_as_a_record_is_looked_at_too(tmp_path):
    assert "KB801" in sites.check(tmp_path, [sites.file(CASE, "Sin bloque inicial. DNI 40111222\n")])


def test_a_table_among_the_attachments_is_looked_at(tmp_path):
    table = sites.file("cases/mesa-ejemplo/vecinos.csv", "nombre,dni\nFulano,DNI 40111222\n")
    printed = sites.check(tmp_path, [table])
    assert "cases/mesa-ejemplo/vecinos.csv:2:12" in printed
    assert "40111222" not in printed


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("nombre,celular\nFulano,953111222\n", "KB802"),
        ("nombre,dni\nFulano,40111222\n", "KB801"),
        ("dni;firma\n40111222;x\n", "KB801"),
        ("año,monto\n2020,40111222\n", None),
        ('año,monto\n2020,"40,111,222"\n', None),
    ],
)
def test_in_a_table_commas_part_cells_and_the_first_line_says_what_they_are(table, code, tmp_path):
    printed = sites.check(tmp_path, [sites.file("cases/mesa-ejemplo/datos.csv", table)])
    assert (code or "KB80") in printed if code else "KB80" not in printed


@pytest.mark.parametrize(
    "digits", ["4011\u200d1222", "4011\ufe0f1222", "4011\u200c1222", "４０１１１２２２", "𝟒𝟎𝟏𝟏𝟏𝟐𝟐𝟐"]
)
def test_digits_in_disguise_are_refused(digits, tmp_path):
    printed = sites.check(tmp_path, [sites.fields(CASE, f"transferability: DNI {digits}\n")])
    assert any(code in printed for code in ("KB104", "KB110"))


@pytest.mark.parametrize(
    "name",
    [
        "lista-asistencia.pdf",
        "firmas.png",
        "padron-regantes.csv",
        "dni-escaneado.jpg",
        "hoja-de-asistencia.pdf",
        "attendance.csv",
    ],
)
def test_a_file_name_that_tells_of_people_is_pointed_out(name, tmp_path):
    assert "KB804" in sites.check(tmp_path, [sites.file(f"cases/mesa-ejemplo/{name}", "x")])


@pytest.mark.parametrize("name", ["confirmacion.png", "afirmaciones.pdf", "asistencia-tecnica.pdf", "indnia.csv"])
def test_a_file_name_that_only_sounds_like_it_is_not(name, tmp_path):
    assert "KB804" not in sites.check(tmp_path, [sites.file(f"cases/mesa-ejemplo/{name}", "x")])


@pytest.mark.parametrize(
    "name",
    [
        "Ing. Fulano Mengano",
        "Sra. Fulana Mengana",
        "don Fulano Mengano",
        "José Quispe Mamani",
        "Mamani Quispe, Juan",
        "María del Carmen Flores",
        "Alcalde Juan Quispe",
        "Rosa Mamani, de la Municipalidad",
    ],
)
def test_a_person_is_known_by_how_people_write_names(name, tmp_path):
    printed = sites.check(tmp_path, [sites.fields(CASE, f'authors:\n- name: "{name}"\n')])
    assert "KB806" in printed
    assert name not in printed


@pytest.mark.parametrize(
    "name",
    [
        "Universidad José Carlos Mariátegui",
        "Colectivo Frida Morante Soria",
        "Municipalidad de San Antonio",
        "La República",
        "Radio Santa Rosa",
        "Anglo American",
        "Ministerio de Salud",
        "Comunidad de San Juan",
        "Rio Tinto",
        "Diario Correo",
        "Donald Group",
    ],
)
def test_an_organization_is_not_taken_for_a_person(name, tmp_path):
    assert sites.check(tmp_path, [sites.fields(CASE, f"authors:\n- name: {name}\n")]) == ""


def test_an_organisation_is_not_called_like_a_person(tmp_path):
    assert "KB806" in sites.check(tmp_path, [sites.fields("content/organizations/x.md", "name: José Quispe Mamani\n")])


RISK = "corruption_risks:\n- risk: opacidad\n  where: {where}\n  claim: riesgo\n"


@pytest.mark.parametrize(
    "where", ["Lo firmó José Quispe en 2020", "Contrato del Sr. Mengano", "Compra hecha por\n    el Ing. Fulano"]
)
def test_neither_a_source_nor_a_consent_lets_a_person_be_named_beside_a_risk(where, tmp_path):
    text = RISK.format(where=where) + "consent:\n  basis: escrito\n  date: 2026-11-20\n"
    assert "KB807" in sites.check(tmp_path, [sites.fields(CASE, text)])


@pytest.mark.parametrize(
    "text",
    [
        "transferability: Lo firmó José Quispe en 2020.\n",
        "sources:\n- title: La sentencia contra Fulano Mengano\n- title: Condenan a José Quispe\n",
        "---\n\n## Contexto\n\nLa empresa de José\nQuispe ganó la licitación.\n",
        "---\n\n## Contexto\n\nLo denunció el Dr. Mengano.\n",
    ],
)
def test_nobody_is_named_anywhere_on_the_page_of_a_risk(text, tmp_path):
    where = RISK.format(where="En la elección")
    assert "KB807" in sites.check(tmp_path / "1", [sites.fields(CASE, where + text)])
    assert "KB807" not in sites.check(tmp_path / "2", [sites.fields(CASE, text)])


@pytest.mark.parametrize(
    "words",
    [
        "la Universidad José Carlos Mariátegui",
        "la Institución Educativa Privada Juan Ejemplo",
        "el distrito de José Luis Ejemplo",
        "San Antonio y Consejo Regional",
        "la calle Miguel Ejemplo",
    ],
)
def test_what_bears_a_person_s_name_is_no_person(words, tmp_path):
    text = f"{RISK.format(where='En la elección')}---\n\n## Contexto\n\nLo hizo {words}.\n"
    assert "KB807" not in sites.check(tmp_path, [sites.fields(CASE, text)])


def test_a_translation_cannot_name_a_person_beside_a_risk_either(tmp_path):
    original = sites.fields(CASE, RISK.format(where="En la elección"))
    english = f"{TRANSLATED}\ncorruption_risks:\n- where: Signed by Mr. Fulano\n---\n"
    printed = sites.check(tmp_path, [original, sites.file("cases/agua.en.md", english)])
    assert "cases/agua.en.md:6:" in printed
    assert printed.count("[KB807]") == 1


def test_the_real_records_have_no_personal_data_in_sight():
    found = Checker(sites.ROOT).check().report.diagnostics
    assert [each for each in found if each.rule.code.startswith("KB8")] == []


@pytest.mark.parametrize("said", ["consent: {x", "consent:\n  x"])
def test_a_consent_in_a_quoted_text_is_no_consent(said, tmp_path):
    text = f'transferability: "DNI 40111222\n{said}"\n'
    assert "KB801" in sites.check(tmp_path, [sites.fields(CASE, text)])


def test_a_consent_counts_after_empty_lines_too(tmp_path):
    text = sites.changed(Case, "consent: {basis: escrito, date: 2026-11-20}\ntransferability: DNI 40111222\n")
    assert sites.check(tmp_path, [sites.file(CASE, f"\n\n{text}")]) == ""


def test_a_table_of_figures_is_not_looked_at(tmp_path):
    assert "KB80" not in sites.check(tmp_path, [sites.file("content/data/montos.csv", "Cel. 953111222\n")])
