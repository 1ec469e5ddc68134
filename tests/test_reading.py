"""What editors and strangers put into files: slips are named where they were made, nothing hangs or crashes."""

import os

import pytest
import sites
from frontmatter.default_handlers import YAMLHandler
from hypothesis import given
from hypothesis import strategies as st

from generator.base.text import Source
from generator.model.vocabulary import read_vocabulary
from generator.reading.characters import decode_text
from generator.reading.frontmatter import _lines_of_dashes, read_document
from generator.reading.markdown import Body
from generator.report.human import one

MANY = 100_000
BOMB = 'a: {"a0":&a0 [1,1],"a1":{"k0":*a0,"k1":*a0}}'


def said(block):
    """The first thing said of an initial block: code, marked text, hint."""
    source, problems = decode_text("cases/agua.md", f"---\n{block}\ncreated: 2026-11-23\n---\n".encode())
    found = (*problems, *read_document(source)[1])[0]
    return found.rule.code, source.text[found.span.start : found.span.end], found.hint("es")


@pytest.mark.parametrize(
    ("block", "code", "marked", "hint"),
    [
        ("title: **Agua** para todos", "KB206", "**Agua**", '"**Agua** para todos"'),
        ("title: *agua", "KB206", "*agua", '"*agua"'),
        ("title: @agua", "KB206", "@", '"@agua"'),
        ("title: - Agua", "KB206", "-", '"- Agua"'),
        (BOMB, "KB206", "&a0", '"&a0"'),
        ('title: "Agua" para todos', "KB210", "para todos", "'\"Agua\" para todos'"),
        ("title: 'Agua d'Ilo'", "KB210", "Ilo'", '"Agua d\'Ilo"'),
        ("topics: [agua, ambiente", "KB210", "[", "«]»"),
        ("title: > Agua", "KB210", ">", "línea siguiente"),
        (r'file: "C:\Users\agua.pdf"', "KB210", r"\U", r"'C:\Users\agua.pdf'"),
        ("title: Agua\nuna nota suelta", "KB210", "una nota suelta", "campo: valor"),
        ("title = Agua", "KB210", "title = Agua", "campo: valor"),
        ("topics:\n  - agua\n - ambiente", "KB210", "- ambiente", "misma columna"),
        ('title: Agua: el "oro" azul', "KB211", ":", "'Agua: el \"oro\" azul'"),
        ("  \ttitle: Agua", "KB212", "\t", "dos espacios"),
        ("title :Agua", "KB214", ":", "title: Agua"),
        ('title: "Agua\nsummary: "Texto"', "KB215", '"', "al final"),
        (r'title: "\e[31mAgua"', "KB104", r'"\e[31mAgua"', "bórrelo"),
        (r'title: "DNI 4\x30111222"', "KB206", r"\x30", "el signo mismo"),
        (r'title: "\\\x30"', "KB206", r"\x30", "el signo mismo"),
        (r'title: "zoom.us\/j\/1"', "KB206", r"\/", "el signo mismo"),
        ('title: "DNI 4\\\n  0111222"', "KB206", "\\\n", "el signo mismo"),
        (r'title: "Jos\u00e9 del agua"', "KB206", r"\u00e9", "la letra"),
    ],
)
def test_a_slip_in_the_initial_block_is_named_where_it_was_made(block, code, marked, hint):
    found = said(block)
    assert found[:2] == (code, marked)
    assert hint in found[2]


@pytest.mark.parametrize("deep", ["[" * MANY, "{a: " * MANY, "- " * MANY, "? " * MANY, "- ? " * MANY, "? " + "[" * 600])
def test_however_deep_a_block_nests_it_is_refused_and_not_read(deep):
    assert said(f"x:\n  {deep}")[0] == "KB207"


@pytest.mark.parametrize(
    "deep", [">" * MANY, "- " * MANY + "a", "<div>\n\n" * 5_000, "</b>" * 5_000 + "<div></b>" * 5_000]
)
def test_however_deep_a_body_nests_the_place_is_known_before_it_is_rendered(deep):
    assert Body(deep).too_deep
    assert not Body("a<br><p>b<div>c</div>" * 2_000).too_deep


@pytest.mark.parametrize(
    "text", ["<h2>Uno</h2>\n## Dos\n\n## Tres\n", "<textarea>\n\n# Uno\n", "<h1\n>a</h1>\n\n# b\n"]
)
def test_headings_written_as_html_take_no_anchor_from_those_of_markdown(text):
    body = Body(text)
    html = body.html()
    assert all(f'id="{heading.anchor}"' in html or "<h" not in html for heading in body.headings)
    assert html.count("<h") <= len(body.headings)


def test_a_character_nobody_types_reaches_nothing_that_comes_later():
    source, problems = decode_text("x.md", "agua\u202epotable\x00\u00ad".encode())
    assert source.text == "agua\ufffdpotable\ufffd\ufffd"
    assert [found.rule.code for found in problems] == ["KB104"] * 3


def test_bytes_of_another_encoding_are_shown_where_they_stand():
    _, (found,) = decode_text("x.md", "título: año\r\n".encode("latin-1"))
    assert "t�tulo: a�o\n  |  ^" in one(found, "es")


@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [
        ("cases/Agua Limpia.en.md", "KB105", "«agua-limpia.en.md»"),
        ("cases/con.md", "KB105", "«con-1.md»"),
        ("cases/agua.MD", "KB105", "«agua.md»"),
        ("cases/Agua/plano.pdf", "KB105", "«agua»"),
        (os.fsdecode(b"cases/agua\xe9\n::error::.md"), "KB105", "«agua-error.md»"),
        ("cases/plano.pdf", "KB106", "una carpeta con el nombre de su ficha"),
        ("cases/agua.md.txt", "KB106", "termina en «.md»"),
        ("content/pages/es/plano.pdf", "KB106", ".md"),
        ("content/vocabularies/topics.yaml", "KB106", ".yml"),
        ("cases/mesa-ejenplo/plano.pdf", "KB106", "«cases/mesa-ejemplo/»"),
    ],
)
def test_a_file_out_of_place_is_told_where_it_goes(tmp_path, path, code, hint):
    folder = sites.make_site(tmp_path)
    sites.write(folder, path, b"")
    printed = sites.findings(folder)
    assert f"[{code}]" in printed
    assert hint in printed
    assert printed.encode()  # no byte that is not text, no line that is not ours
    assert "\n::" not in printed


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "mesa-ejemplo/Thumbs.db", "~$agua.docx", ".DS_Store"])
def test_a_file_that_its_owner_does_not_see_is_not_spoken_of(tmp_path, name):
    folder = sites.make_site(tmp_path)
    sites.write(folder, f"cases/{name}", b"x")
    assert sites.findings(folder) == ""


def test_a_top_folder_that_is_a_link_is_not_followed(tmp_path):
    outside, folder = tmp_path / "outside", sites.make_site(tmp_path / "site")
    (folder / "cases").rename(outside)
    (folder / "cases").symlink_to(outside)
    assert "[KB108]" in sites.findings(folder)
    assert "outside" not in sites.findings(folder)


@pytest.mark.parametrize(
    ("link", "code", "hint"),
    [
        ("[a](www.mef.gob.pe)", "KB701", "«https://www.mef.gob.pe»"),
        ("[a](https//mef.gob.pe)", "KB701", "«https://mef.gob.pe»"),
        ("[a](info@mef.gob.pe)", "KB701", "«mailto:info@mef.gob.pe»"),
        ("[a]()", "KB701", "entre los paréntesis"),
        (r"[a](..\cases\mesa-ejemplo.md)", "KB701", "«mesa-ejemplo.md»"),
        ("[a](plano.pdf)", "KB703", "«agua/plano.pdf»"),
        ("[a](/cases/mesa-ejemplo.md)", "KB707", "«mesa-ejemplo.md»"),
        ("![a](data:image/png;base64," + "A" * 500 + ")", "KB708", "guárdela"),
        (r"[a](C:\docs\plano.pdf)", "KB709", "«cases/agua/»"),
    ],
)
def test_a_link_to_nothing_is_answered_with_what_was_meant(tmp_path, link, code, hint):
    body = "".join(f"## {title}\n\n{link}\n\n" for title in ("Contexto", "Qué se hizo", "Resultados", "Lecciones"))
    printed = sites.check(tmp_path, [sites.fields("cases/agua.md", f"---\n\n{body}")])
    assert printed.count(f"[{code}]") == 4
    assert hint in printed
    assert max(map(len, printed.splitlines())) < 250


@pytest.mark.parametrize("typed", ["##Contexto", "**Contexto**", "### Contexto", "## Contextos", "Contexto:"])
def test_a_section_written_otherwise_is_pointed_at(tmp_path, typed):
    rest = "".join(f"## {title}\n\nTexto.\n\n" for title in ("Qué se hizo", "Resultados", "Lecciones"))
    printed = sites.check(tmp_path, [sites.fields("cases/agua.md", f"---\n\n{typed}\n\nTexto.\n\n{rest}")])
    assert f"| {typed}\n" in printed
    assert "escriba esta línea así: «## Contexto»" in printed


@pytest.mark.parametrize("broken", ["mineria: [", "mineria:\n  nombre: Minería", "agua: {es: A, en: A}", "mineria: x"])
def test_a_slip_in_a_vocabulary_is_not_blamed_on_the_records(tmp_path, broken):
    text = f"agua: {{es: Agua, en: Water}}\nambiente: {{es: Ambiente, en: Environment}}\n{broken}\n"
    printed = sites.check(tmp_path, [sites.file("content/vocabularies/topics.yml", text)])
    assert "content/vocabularies/topics.yml:" in printed
    assert "[KB401]" not in printed


@pytest.mark.parametrize(
    "text", ["a: {es: A, en: A, lat: 1}", "a: {es: A, en: A, bounds: 5}", "a: {es: {b: c}, en: A}"]
)
def test_a_term_with_a_value_of_another_form_is_refused(text):
    assert [found.rule.code for found in read_vocabulary(Source("places.yml", text))[1]] == ["KB405"]


@given(st.text("-\n\r \ta", max_size=20))
def test_lines_of_dashes_are_those_that_python_frontmatter_finds(text):
    found = [match.span() for match in _lines_of_dashes(text)]
    assert found == [match.span() for match in YAMLHandler.FM_BOUNDARY.finditer(text)]


def test_emoji_keep_their_joints_and_words_have_none():
    text = "👨\u200d👩\u200d👧 ☀\ufe0f Sol, 1\ufe0f\u20e3, ©\ufe0f 2024"
    assert decode_text("a.md", text.encode()) == (Source("a.md", text), ())
    for hidden in ("OE\u200dFA", "40\ufe0f11", "a\u200d\u200db", "a\U000e0141b", "a\u3164b", "a\u200cb", "a\ufe01"):
        source, problems = decode_text("a.md", hidden.encode())
        assert {found.rule.code for found in problems} == {"KB104"}
        assert len(source.text) == len(hidden)


@pytest.mark.parametrize("character", [chr(code) for code in (*range(32), 127) if chr(code) not in "\t\n\r"])
def test_no_control_character_passes_for_one_that_everybody_types(character):
    _, problems = decode_text("cases/agua.md", f"a{character}b".encode())
    assert [found.rule.code for found in problems] == ["KB104"]
