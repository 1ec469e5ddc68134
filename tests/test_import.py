"""Documents that were filled in become records: every answer in its place, or shown; and nothing else happens."""

import io
import re
from datetime import date
from types import SimpleNamespace
from urllib.parse import urljoin

import docx
import pytest
import sites
import yaml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from papers import PAPERS, STORY, VOCABULARIES, Sheet, answer

from generator.base.text import LANGUAGES
from generator.checking import Checker
from generator.cli import main
from generator.editors.paper import files
from generator.editors.wordfile import word_file
from generator.exports.documents import export
from generator.library.editions import select
from generator.pages.door_pages import edit_page
from generator.pages.page import LISTS, ROOT
from generator.pages.view import Site

CASE = PAPERS["case"]
NAMES = sorted(PAPERS)


@pytest.fixture
def folder(tmp_path):
    return sites.make_site(tmp_path / "site")


def run(folder, document, capsys, *options, lang="es"):
    """(exit code, what was printed, new records) of `kb import`; nothing that was there may change."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code = main(["--root", str(folder), "--lang", lang, "import", str(document), *options])
    new = [path for path in folder.rglob("*") if path.is_file() and path not in before]
    assert all(path.read_bytes() == data for path, data in before.items()), "nothing that was there changes"
    said = capsys.readouterr()
    assert all(path.suffix == ".md" or path.parent.with_suffix(".md") in new for path in new), "beside its record"
    return code, said.out + said.err, [path.relative_to(folder).as_posix() for path in new if path.suffix == ".md"]


def block_of(folder, path):
    return yaml.load((folder / path).read_text("utf-8").split("---\n")[1], yaml.BaseLoader)  # noqa: S506  # texts only


@pytest.mark.parametrize("name", NAMES)
def test_a_template_filled_in_with_its_examples_is_a_record_that_lacks_nothing(name, folder, capsys):
    code, said, new = run(folder, Sheet(PAPERS[name]).fill().save(folder.parent / "x.docx"), capsys)
    assert code == 0, said
    assert len(new) == 1
    assert (folder / new[0].removesuffix(".md") / "imagen-1.png").is_file()
    assert "No le falta nada" in said, (said, (folder / new[0]).read_text("utf-8"))
    assert "No tiene lugar" not in said
    assert (folder / new[0]).read_text("utf-8").count(STORY) == len(PAPERS[name].sections)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_of_a_template_comes_back_as_the_value_that_was_answered(name, folder, capsys):
    """Derived: a new field of the model is asked, answered with its example, and looked for."""
    paper, sheet = PAPERS[name], Sheet(PAPERS[name]).fill()
    wanted = {}
    for question in paper.asked:
        wanted[question.path] = "imagen-1.png" if question.field.one.attachment else question.field.told.example
        if not question.field.one.attachment:
            sheet.box(question.heading).text = answer(question.field, question.field.told.example)
    for question in paper.lists:
        cells = sheet.grid(question).rows[2].cells
        for cell, column in zip(cells, question.columns, strict=True):
            cell.text = answer(column, column.told.example)
            wanted[(question.path[0], 0, column.name)] = column.told.example
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    assert "No tiene lugar" not in said
    block = block_of(folder, new[0])
    assert len(wanted) > 20
    for path, example in wanted.items():
        value = block
        for step in path:
            value = value[step]
        assert value in (example, [example]), (path, value)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_that_nobody_filled_in_asks_for_a_title_and_writes_nothing(name, folder, capsys):
    code, said, new = run(folder, Sheet(PAPERS[name]).save(folder.parent / "x.docx"), capsys)
    assert (code, new) == (2, [])
    assert "«--id»" in said
    code, said, new = run(folder, folder.parent / "x.docx", capsys, "--id", "2026-01-01-vacio")
    assert code == 0
    block = block_of(folder, new[0])
    assert set(block) == {"created"}, "no hint and no example is taken for an answer"
    assert "No tiene lugar" not in said
    assert "KB301" in said


def test_dates_and_words_as_people_type_them_are_mended(folder, capsys):
    sheet = Sheet(CASE).fill(
        period_start="19/04/2023", period_end="mayo de 2024", period_ongoing="No", level="regional",
        topics="• Agua\n• Ambiente", organizations="Gobierno Regional de Moquegua", countries="Perú; Chile",
    )  # fmt: skip
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    block = block_of(folder, new[0])
    assert block["period"] == {"start": "2023-04-19", "end": "2024-05", "ongoing": "no"}
    assert block["topics"] == ["agua", "ambiente"]
    assert block["countries"] == ["PE", "CL"]
    assert "KB306" not in said


def test_habits_of_word_do_not_reach_the_record(folder, capsys):
    sheet = Sheet(CASE).fill(title="“El agua”\u00a0en el val\u00adl\u200be")
    box = sheet.box("Resumen")
    box.text = ""
    box.paragraphs[0].add_run("Entre 2019 y 2021,").bold = True
    box.add_paragraph("")
    box.add_paragraph("tres comunidades y una empresa midieron juntas la calidad del agua.")
    sheet.row("Temas").cells[0].paragraphs[0].runs[0].bold = True
    sources = sheet.grid(next(it for it in CASE.lists if it.path == ("sources",)))
    sources.add_row().cells[0].text = "Otra fuente\nen dos líneas"
    sources.add_row()
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    block = block_of(folder, new[0])
    assert new == ["cases/el-agua-en-el-valle.md"]
    assert block["title"] == "“El agua” en el valle"
    assert block["summary"].startswith("Entre 2019 y 2021, tres comunidades")
    assert [it["title"] for it in block["sources"]] == ["Informe anual", "Otra fuente en dos líneas"]
    assert "No tiene lugar" not in said


def test_what_is_typed_under_a_box_or_under_its_question_is_the_answer(folder, capsys):
    sheet = Sheet(CASE).fill(title="", summary="")
    sheet.below("Título").text = "Agua en el valle"
    sheet.row("Resumen").cells[0].add_paragraph(
        "Entre 2019 y 2021, tres comunidades midieron juntas el agua del valle."
    )
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    assert new == ["cases/agua-en-el-valle.md"]
    assert block_of(folder, new[0])["summary"].startswith("Entre 2019")
    assert "No tiene lugar" not in said


def test_what_found_no_place_is_shown_and_never_lost(folder, capsys):
    sheet = Sheet(CASE).fill()
    sheet.below("Título").text = "PERDIDO-1"
    sheet.document.paragraphs[0].insert_paragraph_before("PERDIDO-2")
    sheet.grid(CASE.lists[0]).rows[1].cells[0].paragraphs[0].text = "Ej.: PERDIDO-3"
    sheet.document.tables[0].add_row().cells[0].text = "PERDIDO-4"
    sheet.document.add_comment(sheet.document.paragraphs[1].runs, "PERDIDO-5")
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    text = (folder / new[0]).read_text("utf-8")
    for number in range(1, 6):
        assert f"PERDIDO-{number}" in said
        assert f"PERDIDO-{number}" not in text
    assert "debajo de «Título»: PERDIDO-1" in said


def test_an_address_behind_a_word_is_the_address_or_is_shown(folder, capsys):
    sheet = Sheet(CASE).fill()
    cells = sheet.grid(next(it for it in CASE.lists if it.path == ("sources",))).rows[2].cells
    for cell, words in zip(cells, ("Informe", "aquí"), strict=False):
        cell.text = ""
        linked(cell.paragraphs[0], words, f"https://example.org/{len(words)}")
    linked(sheet.under("Contexto"), "el informe", "https://example.org/x_(y)")
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    assert block_of(folder, new[0])["sources"][0] == {"title": "Informe", "url": "https://example.org/4"}
    assert "en la tabla «Fuentes»: Informe: https://example.org/7" in said
    assert "[el informe](https://example.org/x_%28y%29)" in (folder / new[0]).read_text("utf-8")


def linked(paragraph, words, address):
    """What Word writes for a link, which python-docx only reads."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, kind, is_external=True))
    link.append(paragraph.add_run(words)._element)
    paragraph._element.append(link)


def test_the_hints_of_an_older_template_are_shown_and_not_believed(folder, capsys):
    sheet = Sheet(CASE).fill(title="Agua en el valle", transferability="")
    sheet.row("Qué se puede aprovechar en otro lugar").cells[0].paragraphs[1].text = "Una ayuda que hoy es otra."
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    assert "transferability" not in block_of(folder, new[0])
    assert "Una ayuda que hoy es otra." in said


def test_an_answer_that_is_also_a_label_or_a_heading_is_an_answer(folder, capsys):
    sheet = Sheet(CASE).fill()
    grid = sheet.grid(next(it for it in CASE.lists if it.path == ("disagreements",)))
    grid.rows[2].cells[0].text = "Dinero"
    for words in ("Fecha", "Dinero", "Resultados"):
        sheet.under("Lecciones").insert_paragraph_before(words)
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    assert block_of(folder, new[0])["disagreements"][0]["about"] == "Dinero"
    assert "\n\nFecha\n\nDinero\n\nResultados\n" in (folder / new[0]).read_text("utf-8")
    assert "No tiene lugar" not in said


def test_the_text_keeps_its_headings_lists_tables_and_links_as_markdown(folder, capsys):
    sheet = Sheet(CASE).fill()
    here = sheet.under("Qué se hizo")
    here.text = ""
    here.insert_paragraph_before("Primera etapa", "Heading 2")
    run_of = here.insert_paragraph_before("Se ").add_run("midió ")
    run_of.bold = True
    for words in ("• una", "• otra"):
        here.insert_paragraph_before(words)
    table = sheet.document.add_table(2, 2)
    for cell, words in zip(
        (it for row in table.rows for it in row.cells), ["Año|1", "Cifra", "2019", "5"], strict=True
    ):
        cell.text = words
    here._element.addprevious(table._element)
    _, said, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    text = (folder / new[0]).read_text("utf-8")
    assert (
        "### Primera etapa\n\nSe **midió**\n\n- una\n- otra\n\n| Año\\|1 | Cifra |\n| --- | --- |\n| 2019 | 5 |\n"
        in text
    )
    assert "No tiene lugar" not in said


HOSTILE = [
    "../../../etc/passwd",
    "---\nvisibility: public\n---",
    "!!python/object/apply:os.system ['touch pwned']",
    "&a [*a, *a]",
    "{% raw %}{{ 7*7 }}",
    "\u202e<script>alert(1)</script>",
    "'\"\t: # - | > % @",
    "=cmd|' /C calc'!A0",
    "# Título\n> cita `x` *y* _z_ [a](javascript:alert) ![b](//c) <img src=x onerror=y> &lt; ~~~",
    "~",
    "x" * 30_000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(words, folder, capsys):
    sheet = Sheet(CASE).fill(title=f"Agua {words}", period_start=words, transferability=words, topics=words)
    sheet.grid(CASE.lists[0]).rows[2].cells[0].text = words
    sheet.under("Contexto").text = f"{words}\n\n{STORY}"
    code, _, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    assert code == 0
    assert len(new) == 1
    assert re.fullmatch(r"cases/[a-z0-9-]{1,90}\.md", new[0])
    assert sorted(path.name for path in folder.parent.iterdir()) == ["site", "x.docx"]
    text = (folder / new[0]).read_text("utf-8")
    asked = {question.path[0] for question in (*CASE.asked, *CASE.lists)}
    assert set(block_of(folder, new[0])) <= {*asked, "created"}
    body = text.split("---\n", 2)[2]
    assert "<script" not in body
    assert "<img" not in body
    assert not re.search(r"(?<!\\)\[a\]|^> |^# |^---$", body, re.MULTILINE)


def test_a_record_that_is_there_is_never_written_over(folder, capsys):
    document = Sheet(CASE).fill(title="Mesa ejemplo").save(folder.parent / "x.docx")
    code, said, new = run(folder, document, capsys)
    assert (code, new) == (2, [])
    assert "ya existe «cases/mesa-ejemplo.md»" in said
    assert run(folder, document, capsys, "--id", "otra-mesa")[2] == ["cases/otra-mesa.md"]


def test_what_could_be_mended_in_other_records_is_left_alone(folder, capsys):
    sites.write(folder, "cases/agua.md", sites.changed(CASE.cls, "period: {start: 19/04/2023}\n").encode())
    code, said, _ = run(folder, Sheet(CASE).fill().save(folder.parent / "x.docx"), capsys)
    assert code == 0
    assert "cases/agua.md" not in said


def test_two_lists_with_columns_of_the_same_names_cannot_be_told_apart():
    for paper in PAPERS.values():
        columns = [frozenset(column.told.label.es for column in question.columns) for question in paper.lists]
        assert len(set(columns)) == len(columns)
        labels = [question.heading for question in (*paper.asked, *paper.lists)]
        assert len(set(labels)) == len(labels)


def test_what_is_said_is_in_the_language_asked_for(folder, capsys):
    _, said, _ = run(folder, Sheet(CASE).fill(period_start="ayer").save(folder.parent / "x.docx"), capsys, lang="en")
    assert "Written: cases/" in said
    assert "Missing or not understood" in said
    assert "KB306" in said


def test_minutes_are_named_after_their_day_however_it_was_typed(folder, capsys):
    sheet = Sheet(PAPERS["minutes"]).fill(start="15/12/2025, 6 p. m.", title="Reunión de avance")
    _, _, new = run(folder, sheet.save(folder.parent / "x.docx"), capsys)
    assert new == ["content/minutes/2025-12-15-reunion-de-avance.md"]
    assert block_of(folder, new[0])["start"] == "2025-12-15T18:00"


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_the_same_bytes_each_time_and_opens_elsewhere(name):
    paper = PAPERS[name]
    made = word_file(paper.blocks, paper.title)
    assert made == word_file(paper.blocks, paper.title)
    document = docx.Document(io.BytesIO(made))
    assert document.core_properties.title == paper.title
    assert len(document.tables) == len(paper.asked) + len(paper.lists)
    assert dict(files(VOCABULARIES))[f"docs/plantillas/{paper.cls.kind.paper}"] == made


def test_the_site_publishes_every_template_small_and_both_pages_link_to_them(folder):
    checked = Checker(folder).check()
    library = select(checked.assembly, checked.assets, "public")
    made = {it.path: it.content for it in export(SimpleNamespace(library=library))}
    for name, paper in PAPERS.items():
        assert docx.Document(io.BytesIO(made[f"editar/{paper.cls.kind.paper}"])).tables, name
    assert max(map(len, made.values())) < 12_000
    for lang in LANGUAGES:
        site = Site(library, lang, date(2026, 11, 23))
        linked = re.findall(r'href="([^"]*docx)"', edit_page(site).html)
        assert {urljoin(f"/{ROOT[lang]}{LISTS['edit'].to(lang)}", it) for it in linked} == {f"/{path}" for path in made}


@pytest.mark.parametrize("name", NAMES)
def test_nobody_needs_to_know_an_id_to_fill_in_a_template(name):
    told = "\n".join(it.text for it in Sheet(PAPERS[name]).document.element.iter() if it.tag.endswith("}t") and it.text)
    assert not re.search(r"«\.md»|«\w+: \w+»|\byes\b|\bunknown\b|\bnone\b|sources", told)


def test_without_a_vocabulary_words_stay_as_they_were_typed(folder, capsys):
    (folder / "content/vocabularies/topics.yml").unlink()
    code, said, new = run(folder, Sheet(CASE).fill(topics="Agua").save(folder.parent / "x.docx"), capsys)
    assert (code, block_of(folder, new[0])["topics"]) == (0, ["Agua"])
    assert "Traceback" not in said
