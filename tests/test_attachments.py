"""Attachments: what nobody sees in them does not leave, and what people see stays as it is."""

import contextlib
import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
import sites
from hypothesis import given
from hypothesis import strategies as st
from test_build import build, engine_ready

from generator.reading.attachments import ATTACHMENT_TYPES, NotCleanableError, clean, look

CANARY = b"CANARIO"
GPS = struct.pack(">H", 1) + struct.pack(">HHII", 0x8825, 4, 1, 26) + bytes(4) + CANARY


def exif(*, turned=0, order=">"):
    entries = [struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0)] if turned else []
    head = (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}I", 8)
    return b"Exif\0\0" + head + struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4) + CANARY


def segment(marker, data):
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
PICTURE = segment(0xDB, bytes(65)) + segment(0xC0, bytes(9)) + segment(0xC4, bytes(20)) + SCAN
JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
ICC = segment(0xE2, b"ICC_PROFILE\0\1\1abc")


def jpeg(*extra, after=b""):
    return b"\xff\xd8" + JFIF + b"".join(extra) + ICC + PICTURE + b"\xff\xd9" + after


def png(*extra):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return sites.PNG[:33] + b"".join(chunk(*each) for each in extra) + sites.PNG[33:]


def webp(*extra):
    chunks = [(b"VP8X", b"\x0c" + bytes(9)), (b"VP8 ", b"abc"), *extra]
    made = b"".join(struct.pack("<4sI", name, len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(made) + 4) + b"WEBP" + made


def pdf(change=bool, **options):
    made, document = io.BytesIO(), pikepdf.new()
    document.add_blank_page()
    change(document)
    document.save(made, **options)
    return made.getvalue()


def with_author(document):
    document.docinfo["/Author"] = "CANARIO"
    document.Root.Metadata = pikepdf.Stream(document, b"<x>CANARIO</x>")
    page = document.pages[0]
    page.PieceInfo = pikepdf.Dictionary(X=pikepdf.String("CANARIO"))
    signed = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name=pikepdf.String("CANARIO"), Contents=b"CANARIO")
    )
    note = document.make_indirect(
        pikepdf.Dictionary(Subtype=pikepdf.Name.Text, T=pikepdf.String("CANARIO"), Contents=b"se queda")
    )
    run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("CANARIO"))
    start = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=b"CANARIO"))
    page.Annots = pikepdf.Array([note, start])  # inside others, without a number of their own
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([b"x", run])))
    document.Root.Perms = pikepdf.Dictionary(X=pikepdf.Array([run, pikepdf.Dictionary(A=run)]))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([signed]), XFA=b"CANARIO")
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("CANARIO"))
    document.attachments["x.txt"] = CANARY


def sheet(*names, **parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<x>1500</x>")
        for name, data in parts.items():
            archive.writestr(name, data)
        for name in names:
            about = "<Company>CANARIO</Company>" if name.startswith("docProps") else ""
            archive.writestr(name, f"<a><dc:creator>CANARIO</dc:creator>{about}</a>")
    return made.getvalue()


HOLDING = {
    "a.jpg": jpeg(segment(0xE1, exif()), segment(0xED, CANARY), segment(0xFE, CANARY), after=CANARY),
    "gps.jpg": jpeg(segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + GPS)),
    "xmp.jpeg": jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY), segment(0xE2, b"MPF\0" + CANARY)),
    "a.png": png((b"eXIf", CANARY), (b"tEXt", b"Author\0CANARIO"), (b"iTXt", CANARY), (b"zzZz", CANARY)) + CANARY,
    "critical.png": png((b"EVIL", CANARY)),
    "a.webp": webp((b"EXIF", CANARY), (b"XMP ", CANARY)),
    "a.pdf": pdf(with_author),
    "a.xlsx": sheet("docProps/core.xml", "docProps/app.xml"),
    "a.ods": sheet("meta.xml"),
    "noted.ods": sheet("content.xml"),
    "noted.xlsx": sheet(
        **{
            "xl/comments1.xml": "<authors><author>CANARIO</author></authors>",
            "xl/persons/person.xml": '<person displayName="CANARIO" userId="CANARIO"/>',
            "xl/workbook.xml": '<x15ac:absPath url="C:\\CANARIO\\"/>',
            "xl/pivotCache/p1.xml": '<pivotCacheDefinition refreshedBy="CANARIO"/>',
            "xl/media/image1.PNG": png((b"tEXt", b"Author\0CANARIO")),
        }
    ),
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><metadata>CANARIO</metadata><script>CANARIO</script><path d="M0 0"/></svg>',
}


def opened(data):
    """All that is in a file: also what is compressed."""
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return b"".join(archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        made = io.BytesIO()
        pikepdf.open(io.BytesIO(data)).save(
            made, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
        return data + made.getvalue()
    return data


@pytest.mark.parametrize("name", sorted(HOLDING))
def test_what_nobody_sees_does_not_leave_and_the_author_is_told(name):
    data = HOLDING[name]
    assert CANARY in opened(data), "the test can fail"
    found = clean(name, data)
    made = found.write()
    assert CANARY not in opened(made)
    assert found.hidden
    assert [each.rule.code for each in look(name, data)] == ["KB805"]
    assert clean(name, made).hidden is None
    assert clean(name, made).write() == made, "cleaning twice is cleaning once"


def test_every_type_that_may_be_attached_is_cleaned_or_is_text():
    assert {f".{name.partition('.')[2]}" for name in HOLDING} | {".csv"} == set(ATTACHMENT_TYPES)


@pytest.mark.parametrize(
    ("table", "made"),
    [
        ("a,b\n=1+1,-3.5\n", "a,b\r\n'=1+1,-3.5\r\n"),
        ('a;b\n"x;y";@SUM(A1)\n', 'a;b\r\n"x;y";\'@SUM(A1)\r\n'),
        ("a\tb\n+cmd|x\t\n", "a\tb\r\n'+cmd|x\t\r\n"),
        ('a,b\n"\n=1",2\n"=1\n",-x\n', 'a,b\r\n"\n=1",2\r\n"\'=1\n",\'-x\r\n'),
    ],
)
def test_a_table_of_somebody_else_s_runs_nothing(table, made):
    assert clean("a.csv", table.encode()).write().decode("utf-8-sig") == made
    assert clean("a.csv", made.encode()).write() == made.encode()


def test_a_table_without_formulas_is_published_byte_by_byte():
    for data in (b"a,b\n1,-2\n", b"\xef\xbb\xbfa;b\r\n\xf1;+5%\r\n", b'"', b""):
        assert clean("a.csv", data).write() == data


def test_a_photograph_keeps_its_picture_its_colours_and_which_side_is_up():
    for order in "<>":
        made = clean("a.jpg", jpeg(segment(0xE1, exif(turned=6, order=order)))).write()
        assert made.endswith(ICC + PICTURE + b"\xff\xd9")
        again = clean("a.jpg", made)
        assert (again.hidden, again.write()) == (None, made)
        pillow = pytest.importorskip("PIL.Image")
        assert pillow.Exif  # the library that readers of pictures agree with
        told = pillow.Exif()
        told.load(made[made.index(b"Exif\0\0") :][:40])
        assert dict(told) == {0x0112: 6}


def test_a_clean_picture_is_published_byte_by_byte():
    for name, data in (("a.jpg", jpeg()), ("a.png", png((b"tRNS", b"\0\0"))), ("a.webp", webp())):
        if name != "a.webp":  # its flags said that more follows
            assert clean(name, data).write() == data
        assert list(look(name, clean(name, data).write())) == []


def test_a_pdf_keeps_its_pages_and_notes():
    made = pikepdf.open(io.BytesIO(clean("a.pdf", HOLDING["a.pdf"]).write()))
    assert len(made.pages) == 1
    assert str(made.pages[0].Annots[0].Contents) == "se queda"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="b"))),
        ("a.pdf", b"no"),
        ("a.jpg", b"no"),
        ("a.jpg", jpeg()[:-40]),
        ("a.png", sites.PNG[:-8]),
        ("a.webp", b"RIFF"),
        ("a.xlsx", b"no"),
        ("a.xlsx", sheet("xl/vbaProject.bin")),
        ("a.xlsx", sheet(**{"xl/media/image1.tiff": b"II*\0 GPS"})),
        ("a.ods", sheet("Basic/Standard/Module1.xml")),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("a.jpg", b"%PDF-1.7"),
        ("a.csv", b"a,b\n" + b"x" * 200_000),
        ("a.svg", b"<svg"),
        ("a.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("a.svg", '<?xml version="1.0" encoding="utf-16"?><svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16")),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
    ],
)
def test_what_cannot_be_cleaned_is_refused(name, data):
    with pytest.raises(NotCleanableError):
        clean(name, data)
    assert [each.rule.code for each in look(name, data)] == ["KB712"]


@given(st.sampled_from(sorted(HOLDING)), st.binary(max_size=60), st.integers(0, 400))
def test_whatever_a_file_holds_it_is_cleaned_or_refused(name, noise, place):
    data = HOLDING[name]
    with contextlib.suppress(NotCleanableError):
        clean(name, data[:place] + noise + data[place + len(noise) :]).write()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<script xlink:href='data:,alert(1)'/>",
        "<path onload='alert(1)' d='M0 0'/>",
        "<a xlink:href='javascript:alert(1)'><text>x</text></a>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='alert(1)'/></foreignObject>",
        "<use href='https://evil.example/x.svg#a'/>",
        "<use xlink:href='data:image/svg+xml,alert'/>",
        "<image href='https://evil.example/x.png'/>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style>path{fill:url(https://evil.example/x)}</style>",
        "<style>path{fill:\\75rl(https://evil.example/x)}</style>",
        "<path style='background:url(//evil.example/x)'/>",
        "<path fill='url(  https://evil.example/x#a)'/>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<animate attributeName='onload' values='alert(1)'/>",
        "<g xmlns:h='http://www.w3.org/1999/xhtml'><h:script>alert(1)</h:script></g>",
        "<?xml-stylesheet href='https://evil.example/x.css'?>",
        "<handler type='application/ecmascript'>alert(1)</handler>",
        "<iframe src='https://evil.example/'/>",
    ],
)
def test_a_drawing_neither_acts_nor_asks(hostile):
    made = clean("a.svg", SVG.format(hostile + "<path d='M1 1'/>").encode()).write().decode()
    assert "alert" not in made
    assert "evil" not in made
    assert "M1 1" in made
    assert 'viewBox="0 0 9 9"' in made


def test_a_drawing_keeps_what_it_shows():
    text = "<defs><linearGradient id='a'><stop offset='1'/></linearGradient></defs><style>.b{fill:url(#a)}</style>"
    found = clean("a.svg", SVG.format(f"{text}<g class='b'><use xlink:href='#a'/><text x='1'>Río</text></g>").encode())
    made = found.write().decode()
    assert found.hidden is None
    for kept in ("linearGradient", ".b{fill:url(#a)}", 'href="#a"', ">Río<", 'class="b"'):
        assert kept in made


@pytest.mark.slow
def test_the_published_site_holds_the_clean_files(tmp_path):
    folder = engine_ready(sites.make_site(tmp_path))
    for name, data in HOLDING.items():
        sites.write(folder, f"cases/mesa-ejemplo/{name}", data)
    done = build(folder)
    assert done.returncode == 0, done.stderr
    published = [path for path in (folder / "site").rglob("*") if path.name in HOLDING]
    assert len(published) == 2 * len(HOLDING)
    for path in published:
        assert CANARY not in opened(path.read_bytes()), path
