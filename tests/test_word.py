"""Documents that are none, that want to harm, that other programs wrote anew; and the pictures in a document."""

import io
import re
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
import sites
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import PAPERS, VOCABULARIES, Sheet
from PIL import Image
from test_import import folder, run  # noqa: F401  # a fixture

from generator.editors.filled import filled
from generator.editors.pictures import kept
from generator.editors.wordfile import word_file
from generator.reading.package import MOST_BYTES, NotReadableError
from generator.reading.word import Picture, read_word

CASE = PAPERS["case"]
BLANK = word_file(CASE.blocks, CASE.title)


def repacked(data, compression=zipfile.ZIP_DEFLATED, **instead):
    """The document with some parts replaced, by their last name: a function of the text, or bytes; None leaves one out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", compression) as new:
        for name in old.namelist():
            change = instead.pop(name.rpartition("/")[2].removesuffix(".xml"), old.read(name))
            if change is not None:
                new.writestr(name, change(old.read(name).decode()) if callable(change) else change)
        for name, change in instead.items():
            new.writestr(name.replace("__", "/"), change)
    return made.getvalue()


def bomb(levels=9):
    definitions = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return f'<!DOCTYPE x [<!ENTITY e0 "boom">{definitions}]><w:document>&e{levels - 1};</w:document>'.encode()


OUTSIDE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document>&e;</w:document>'
HUGE = b"<w:document>" + b" " * 60_000_000
DEEP = b"<a>" * 200_000 + b"</a>" * 200_000
BROKEN = {
    "empty": (b"", "no es un documento de Word"),
    "text": (b"Hola, este es mi caso.", "no es un documento de Word"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word antiguo (.doc) o tiene contraseña"),
    "PDF": (b"%PDF-1.7\n", "es un PDF"),
    "cut off": (BLANK[: len(BLANK) // 2], "está dañado"),
    "half a zip": (b"PK\x03\x04" + bytes(100), "está dañado"),
    "a zip of other things": (repacked(BLANK, document=None), "no es un documento de Word"),
    "without a beginning": (repacked(BLANK, **{".rels": None}), "no es un documento de Word"),
    "no XML": (repacked(BLANK, document=b"<w:document"), "está dañado"),
    "not UTF-8": (repacked(BLANK, document=b"\xff\xff\xff"), "está dañado"),
    "zip bomb": (repacked(BLANK, document=HUGE), "mucho más que un documento"),
    "entity bomb": (repacked(BLANK, document=bomb()), "ningún programa de textos"),
    "entity bomb in UTF-16": (repacked(BLANK, document=bomb().decode().encode("utf-16")), "ningún programa de textos"),
    "a file of this machine": (repacked(BLANK, document=OUTSIDE), "ningún programa de textos"),
    "bomb in the styles": (repacked(BLANK, styles=bomb()), "ningún programa de textos"),
    "deep": (repacked(BLANK, document=DEEP), "mucho más que un documento"),
    "disguised encoding": (
        repacked(BLANK, document=b"<?xml version='1.0' encoding='cp037'?>" + bomb().decode().encode("cp037")),
        "está dañado",
    ),
}


def opendocument():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return made.getvalue()


BROKEN["OpenDocument"] = (opendocument(), "LibreOffice (.odt)")


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_read_is_said_in_words_and_writes_nothing(kind, folder, capsys):  # noqa: F811
    data, words = BROKEN[kind]
    (folder.parent / "x.docx").write_bytes(data)
    code, said, new = run(folder, folder.parent / "x.docx", capsys)
    assert (code, new) == (2, [])
    assert "«x.docx» no se puede leer" in said
    assert words in said


@pytest.mark.parametrize("path", ["there-is-none.docx", "."])
def test_a_document_that_is_not_there_is_said_to_be_absent(path, folder, capsys):  # noqa: F811
    code, said, _ = run(folder, folder.parent / path, capsys)
    assert code == 2
    assert "no existe" in said


def test_a_list_of_a_million_parts_is_not_read():
    made = bytearray(BLANK)
    struct.pack_into("<I", made, made.rfind(b"PK\x05\x06") + 12, 40_000_000)
    with pytest.raises(NotReadableError, match="mucho más"):
        read_word(bytes(made))


def test_another_document_is_none_of_ours(folder, capsys):  # noqa: F811
    other = repacked(BLANK, document=lambda text: re.sub(r"<w:t [^>]*>[^<]*</w:t>", "<w:t>Informe</w:t>", text))
    (folder.parent / "x.docx").write_bytes(other)
    code, said, new = run(folder, folder.parent / "x.docx", capsys)
    assert (code, new) == (2, [])
    assert "no es una de las plantillas" in said


def test_macros_in_a_document_are_not_looked_at(folder, capsys):  # noqa: F811
    sheet = Sheet(CASE).fill().save(folder.parent / "x.docx")
    macros = {"word__vbaProject.bin": b"\xd0\xcf\x11\xe0 AutoOpen"}
    sheet.write_bytes(repacked(sheet.read_bytes(), **macros))
    code, said, new = run(folder, sheet.rename(folder.parent / "x.docm"), capsys)
    assert (code, len(new)) == (0, 1)
    assert "No le falta nada" in said


def test_a_part_that_names_a_file_of_the_machine_reaches_nothing(folder, capsys):  # noqa: F811
    secret = folder.parent / "secret.png"
    secret.write_bytes(sites.PNG)
    sheet = Sheet(CASE)
    sheet.fill().under("Contexto").add_run().add_picture(io.BytesIO(photo("PNG", (20, 20))))
    data = repacked(
        sheet.save(folder.parent / "x.docx").read_bytes(),
        document=lambda text: text,
        **{"..__..__..__secret.png": b"x"},
    )
    (folder.parent / "x.docx").write_bytes(
        rewritten(data, "word/_rels/document.xml.rels", lambda text: text.replace('"media/', '"../../../'))
    )
    secret.unlink()
    _, said, _ = run(folder, folder.parent / "x.docx", capsys)
    assert "una imagen enlazada" in said
    assert sorted(it.name for it in folder.parent.iterdir()) == ["site", "x.docx"]


def rewritten(data, part, change):
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name).decode()) if name == part else old.read(name))
    return made.getvalue()


def photo(kind, size=(400, 300), **about):
    made = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(made, kind, **about)
    return made.getvalue()


def with_picture(folder, data, alt="Un río", change=None):  # noqa: F811
    """A case with a picture in its first section."""
    sheet = Sheet(CASE).fill()
    sheet.box("Imagen: archivo").text = sheet.box("Imagen: texto alternativo").text = ""
    sheet.box("Imagen: crédito").text = ""
    place = sheet.under("Contexto")
    place.add_run().add_picture(io.BytesIO(data))
    for told in place._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
        told.set("descr", alt)
    path = sheet.save(folder.parent / "x.docx")
    if change:
        path.write_bytes(change(path.read_bytes()))
    return path


def imported(folder, document, capsys):  # noqa: F811
    """(what was said, the record's text, its pictures by name)."""
    _, said, new = run(folder, document, capsys)
    beside = (folder / new[0]).with_suffix("")
    pictures = {it.name: it.read_bytes() for it in sorted(beside.iterdir())} if beside.is_dir() else {}
    return said, (folder / new[0]).read_text("utf-8"), pictures


def test_a_picture_lies_beside_its_record_without_what_nobody_sees(folder, capsys):  # noqa: F811
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "CANARIO", "CANARIO"
    said, text, pictures = imported(folder, with_picture(folder, photo("JPEG", exif=exif)), capsys)
    assert list(pictures) == ["imagen-1.jpg"]
    assert b"CANARIO" not in pictures["imagen-1.jpg"]
    assert "![Un río](monitoreo-del-agua-en-el-valle/imagen-1.jpg)" in text
    assert "No le falta nada" in said


@pytest.mark.parametrize("alt", ["", "Río, montaña\n\nDescripción generada automáticamente", "AI-generated content"])
def test_the_alternative_text_of_a_picture_is_asked_for(alt, folder, capsys):  # noqa: F811
    said, _, _ = imported(folder, with_picture(folder, photo("PNG"), alt=alt), capsys)
    assert "KB704" in said


def test_a_line_below_a_picture_is_its_alternative_text(folder, capsys):  # noqa: F811
    sheet = Sheet(CASE).fill()
    place = sheet.under("Contexto")
    place.add_run().add_picture(io.BytesIO(photo("PNG")))
    sheet.paragraph("Qué se hizo").insert_paragraph_before("El río Osmore en 2019")
    said, text, _ = imported(folder, sheet.save(folder.parent / "x.docx"), capsys)
    assert re.search(r"!\[El río Osmore en 2019\]\(\S+/imagen-1.png\)\n\nEl río Osmore en 2019\n", text)
    assert "KB704" not in said


def test_a_large_picture_is_made_small_and_a_turned_one_upright(folder, capsys):  # noqa: F811
    exif = Image.Exif()
    exif[0x0112] = 6
    _, _, pictures = imported(folder, with_picture(folder, photo("JPEG", (3000, 2000), exif=exif)), capsys)
    image = Image.open(io.BytesIO(pictures["imagen-1.jpg"]))
    assert image.width < image.height <= 1600
    assert len(pictures["imagen-1.jpg"]) < 1_000_000


def test_what_was_cut_off_a_picture_does_not_come_back(folder, capsys):  # noqa: F811
    made = io.BytesIO()
    image = Image.new("RGB", (100, 50), "white")
    image.paste("red", (50, 0, 100, 50))
    image.save(made, "PNG")
    cut = lambda data: rewritten(  # noqa: E731
        data, "word/document.xml", lambda text: text.replace("<a:stretch>", '<a:srcRect r="50000"/><a:stretch>')
    )
    _, _, pictures = imported(folder, with_picture(folder, made.getvalue(), change=cut), capsys)
    seen = Image.open(io.BytesIO(pictures["imagen-1.png"])).convert("RGB")
    assert seen.size == (50, 50)
    assert seen.getcolors() == [(2500, (255, 255, 255))]


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP"])
def test_pictures_of_other_kinds_become_what_can_be_published(kind):
    made = photo(kind)
    document = read_word(repacked(BLANK, word__media__x=made))
    found = kept(document, [Picture("word/media/x")])
    assert [it.rpartition(".")[2] for it in found.files] == [{"TIFF": "jpg", "WEBP": "webp"}.get(kind, "png")]


def pixels(width, height):
    """A PNG that says it is far larger than its bytes."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (head, b"IDAT" + zlib.compress(b""), b"IEND")
    return sites.PNG[:8] + b"".join(
        struct.pack(">I", len(it) - 4) + it + struct.pack(">I", zlib.crc32(it)) for it in chunks
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pixels(60_000, 60_000), "demasiado grande"),
        (pixels(7_000, 7_000), "demasiado grande"),
        (b"\xff\xd8" + bytes(50_000_000), "demasiado grande"),
        (b"\x01\x00\x00\x00" + bytes(500), "ni PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "ni PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "ni PNG"),
        (photo("PNG")[:-300], "ni PNG"),
        (b"", "demasiado grande"),
    ],
    ids=["gigapixels", "megapixels", "50 MB", "EMF", "SVG", "no JPEG", "cut off", "empty"],
)
def test_a_picture_that_will_not_do_is_told_and_the_rest_comes_in(data, words):
    found = kept(read_word(repacked(BLANK, word__media__x=data)), [Picture("word/media/x")])
    assert (found.names, found.files) == ({}, {})
    assert words in found.refused[0].es


def test_a_picture_that_is_only_linked_is_never_fetched(folder, capsys):  # noqa: F811
    def link(data):
        outside = 'Target="http://127.0.0.1:9/x.png" TargetMode="External"'
        return rewritten(
            data, "word/_rels/document.xml.rels", lambda text: re.sub(r'Target="media/\S+"', outside, text)
        )

    said, _, pictures = imported(folder, with_picture(folder, photo("PNG"), change=link), capsys)
    assert pictures == {}
    assert "no se descarga" in said


WITHOUT_STYLES = (r'<w:pStyle w:val="[^"]*"/>', "")
STRICT = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
VARIANTS = {
    "styles lost": [WITHOUT_STYLES],
    "strict": [STRICT],
    "wrapped": [
        (r"<w:tbl>", "<w:sdt><w:sdtContent><w:tbl>"),
        (r"</w:tbl>", "</w:tbl></w:sdtContent></w:sdt>"),
        (r"<w:r>", '<w:ins w:id="1"><w:sdt><w:sdtContent><w:r>'),
        (r"</w:r>", "</w:r></w:sdtContent></w:sdt></w:ins>"),
        (r"(<w:p>|<w:p [^>]*>)(?=<w:pPr>|<w:ins)", r'\1<w:bookmarkStart w:id="0" w:name="x"/>'),
    ],
    "words in pieces": [(r"<w:t( [^>]*)?>([^<]{2})", r"<w:t>\2</w:t></w:r><w:r><w:t\1>")],
    "deleted words beside": [(r"<w:r>", '<w:del w:id="2"><w:r><w:delText>BORRADO</w:delText></w:r></w:del><w:r>')],
    "moved words": [(r"<w:r>", '<w:moveFrom w:id="3"><w:r><w:t>BORRADO</w:t></w:r></w:moveFrom><w:r>')],
    "another prefix": [(r"(</?)w:", r"\1n:"), (r" w:", " n:"), ("xmlns:w=", "xmlns:n=")],
}


@pytest.mark.parametrize("kind", VARIANTS)
def test_a_template_that_another_program_wrote_anew_is_read_alike(kind, folder, capsys):  # noqa: F811
    path = Sheet(CASE).fill().save(folder.parent / "x.docx")
    plain = read_word(path.read_bytes())

    def change(text):
        for old, new in VARIANTS[kind]:
            text = re.sub(old, new, text)
        return text

    data = rewritten(path.read_bytes(), "word/document.xml", change)
    assert data != path.read_bytes()
    assert [it.text for it in texts(read_word(data))] == [it.text for it in texts(plain)]
    path.write_bytes(data)
    code, said, new = run(folder, path, capsys)
    assert (code, len(new)) == (0, 1)
    assert "No le falta nada" in said
    assert "BORRADO" not in said + (folder / new[0]).read_text("utf-8")


def texts(document):
    from generator.reading.word import paragraphs_of

    return list(paragraphs_of(document.blocks))


def test_reading_a_document_that_wants_to_harm_takes_little_time_and_memory(tmp_path):
    """In a process of its own that may take 900 MB of memory; a bound, not a measurement."""
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (900_000_000,) * 2)\n"
        "from generator.reading.word import read_word\n"
        "from generator.reading.package import NotReadableError\n"
        "try: read_word(open(sys.argv[1], 'rb').read()); print('read')\n"
        "except NotReadableError: print('refused')\n"
    )
    many = b'<w:document xmlns:w="x"><w:body>' + b"<w:p/>" * 900_000 + b"</w:body></w:document>"
    path = tmp_path / "x.docx"
    for data in (repacked(BLANK, document=HUGE), repacked(BLANK, document=many)):
        path.write_bytes(data)
        command = [sys.executable, "-c", program, path]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=sites.ROOT, check=False)
        assert done.stdout.strip() in ("read", "refused"), done.stderr


def test_a_document_of_more_than_fifty_megabytes_is_not_opened(folder, capsys):  # noqa: F811
    with (folder.parent / "x.docx").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    code, said, _ = run(folder, folder.parent / "x.docx", capsys)
    assert code == 2
    assert "más de 50 MB" in said


def test_notes_at_the_foot_of_a_page_and_comments_are_shown(folder, capsys):  # noqa: F811
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = f'<w:footnotes {space}><w:footnote w:id="1"><w:p><w:r><w:t>VÉASE EL ANEXO</w:t></w:r></w:p></w:footnote></w:footnotes>'
    path = Sheet(CASE).fill().save(folder.parent / "x.docx")
    data = repacked(path.read_bytes(), word__footnotes=note)
    link = '<Relationship Id="n9" Type="http://schemas.openxmlformats.org/x/footnotes" Target="footnotes"/></Relationships>'
    path.write_bytes(
        rewritten(data, "word/_rels/document.xml.rels", lambda text: text.replace("</Relationships>", link))
    )
    assert "nota o comentario: VÉASE EL ANEXO" in run(folder, path, capsys)[1]


TAGS = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "hyperlink", "drawing", "txbxContent", "blipFill", "blip", "pPr", "numPr", "numId", "ilvl", "pStyle", "rPr", "b", "br", "srcRect", "docPr", "AlternateContent")  # fmt: skip
LABELS = [question.heading for question in (*CASE.asked, *CASE.lists)][:6]
ELEMENTS = st.recursive(
    st.sampled_from(["", "Ej.: x", "• 1. [2] *", *LABELS]),
    lambda inner: st.builds(
        lambda tag, val, parts: f'<{tag} val="{val}" id="{val}" embed="r0" l="{val}">{"".join(parts)}</{tag}>',
        st.sampled_from(TAGS),
        st.sampled_from(["0", "1", "-9", "99999", "Heading1", "²", ""]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)


@settings(max_examples=30, deadline=None)
@given(ELEMENTS)
def test_whatever_a_document_is_made_of_it_is_read(inside):
    body = "".join(
        f"<p><r><t>{label}</t></r></p>" for label in (question.heading for question in (*CASE.asked, *CASE.lists))
    )
    document = read_word(repacked(BLANK, zipfile.ZIP_STORED, document=f"<document>{body}{inside}</document>"))
    made = filled(document, VOCABULARIES)
    assert made is not None
    assert isinstance(made.body("x"), str)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(BLANK)), st.binary(max_size=300))
def test_whatever_bytes_come_in_they_are_read_or_refused(place, noise):
    try:
        read_word(BLANK[:place] + noise + BLANK[place + len(noise) :])
    except NotReadableError:
        return
