"""Pictures in records: their size is known beforehand, small copies are made once, and nothing hidden goes with them."""

import io
import random
import re
import shutil
import struct
import time
import zlib
from datetime import date

import pytest
import sites
from PIL import Image, ImageDraw
from test_build import engine_ready

from generator import picturing, scaling
from generator.checking import Checker
from generator.library.editions import select
from generator.pages.pictures import Picture, framed
from generator.pipeline import Pipeline

BODY = """---

## Contexto

![Un valle visto desde lo alto](agua/valle.jpg)

![Plano de la toma](agua/plano.png)

![Un dibujo](agua/dibujo.svg) ![Un punto](agua/punto.png) ![Se cortó al copiar](agua/cortada.png)

## Qué se hizo

Algo.

## Resultados

Algo.

## Lecciones

Algo.
"""
SECRET = b"CANARIO-DE-LA-CAMARA"


def photograph(width=2000, height=1500, turned=1, seed=1):
    """As a camera makes it: many colours, no sharp lines, and words that nobody sees."""
    chance = random.Random(seed)
    grain = Image.frombytes("RGB", (40, 30), chance.randbytes(40 * 30 * 3)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turned, SECRET.decode()
    made = io.BytesIO()
    grain.save(made, "JPEG", quality=93, exif=exif, icc_profile=b"")
    return made.getvalue()


def plan(width=1000):
    drawing = Image.new("RGB", (width, 600), "white")
    for at in range(0, width, 40):
        ImageDraw.Draw(drawing).line((at, 0, width - at, 600), fill="navy", width=3)
    made = io.BytesIO()
    drawing.save(made, "PNG")
    return made.getvalue()


IMAGE = """image: {file: valle.jpg, alt: 'El «valle» > "río"', credit: Municipalidad de Ilo}\n"""


def noise():
    made = io.BytesIO()
    Image.frombytes("RGB", (80, 80), random.Random(1).randbytes(80 * 80 * 3)).save(made, "PNG")
    return made.getvalue()


def cut(png):
    """The same with half of what is drawn, as after a broken transfer: its parts are whole, the picture is not."""
    size = struct.unpack_from(">I", png, 33)[0]
    data = png[41 : 41 + size // 2]
    return (
        png[:33]
        + struct.pack(">I", len(data))
        + b"IDAT"
        + data
        + struct.pack(">I", zlib.crc32(b"IDAT" + data))
        + png[-12:]
    )


def garden(folder, image=IMAGE):
    site = engine_ready(
        sites.make_site(
            folder,
            sites.fields("cases/agua.md", image + BODY),
            sites.fields("cases/reservado.md", "visibility: members\n" + BODY.replace("agua/", "reservado/")),
        )
    )
    for case, seed in (("agua", 1), ("reservado", 2)):
        sites.write(site, f"cases/{case}/valle.jpg", photograph(turned=6, seed=seed))
        sites.write(site, f"cases/{case}/plano.png", plan())
        sites.write(site, f"cases/{case}/dibujo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>')
        sites.write(site, f"cases/{case}/punto.png", sites.PNG)
        sites.write(site, f"cases/{case}/cortada.png", cut(noise()))
    return site


def staged(site, edition="public"):
    checked = Checker(site).check()
    library = select(checked.assembly, checked.assets, edition)
    pipeline = Pipeline(site)
    pipeline.stage(library, edition, "es", date(2026, 1, 1))
    return pipeline.shop(edition, "es").docs


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return garden(tmp_path_factory.mktemp("garden"))


@pytest.fixture(scope="module")
def docs(site):
    return staged(site)


@pytest.fixture(scope="module")
def page(docs):
    return (docs / "casos/agua/index.md").read_text("utf-8")


def tag(page, file):
    return re.findall(rf"(?:<picture>.{{0,900}}?)?<img [^<]*/{file}\"[^<]*>", page)


def copies(docs, file, case="agua"):
    found = {int(path.name.split(".")[-2]): path.read_bytes() for path in docs.glob(f"casos/{case}/{file}.*.webp")}
    return dict(sorted(found.items()))


def test_a_photograph_is_offered_in_the_widths_of_screens_none_larger_than_the_original(site, docs, page):
    made = copies(docs, "valle.jpg")
    assert list(made) == [480, 720, 1080, 1440]
    original = (site / "cases/agua/valle.jpg").stat().st_size
    assert original > max(map(len, made.values()))
    assert sorted(map(len, made.values())) == list(map(len, made.values()))
    for width, data in made.items():
        assert Image.open(io.BytesIO(data)).size == (width, width * 2000 // 1500), "the camera was held upright"
    for shown in tag(page, "valle.jpg"):
        offered = re.search(r'srcset="([^"]*)"', shown)[1].split(", ")
        assert [each.rpartition("/")[2] for each in offered] == [f"valle.jpg.{width}.webp {width}w" for width in made]
        assert ' width="1500" height="2000"' in shown


def test_the_record_s_own_picture_comes_at_once_and_what_stands_below_the_first_heading_waits(page):
    first, second = tag(page, "valle.jpg")
    assert 'alt="El «valle» &gt; &quot;río&quot;"' in first
    assert "loading" not in first
    assert ' loading="lazy"' in second
    assert 'alt="Un valle visto desde lo alto"' in second
    assert all('decoding="async"' in each for each in (first, second))
    assert "<figcaption>Municipalidad de Ilo</figcaption>" in page


def test_a_drawing_keeps_its_lines_to_the_pixel(docs):
    shown = Image.open(io.BytesIO(copies(docs, "plano.png")[1000]))
    assert shown.convert("RGB").tobytes() == Image.open(io.BytesIO(plan())).convert("RGB").tobytes()


def test_what_would_not_be_smaller_has_no_copy_and_what_cannot_be_opened_stays_as_it_is(docs, page):
    assert not copies(docs, "punto.png") | copies(docs, "cortada.png") | copies(docs, "dibujo.svg")
    assert page.count("<picture>") == 3
    assert re.search(r'dibujo.svg" alt="Un dibujo" width="704" height="352" loading="lazy"', page)
    assert re.search(r'punto.png" alt="Un punto" width="1" height="1" loading', page)
    assert re.search(r'cortada.png" alt="Se cortó al copiar"(?! width)', page)


def test_no_copy_tells_what_the_camera_wrote_and_none_of_a_members_picture_is_public(site, docs):
    assert SECRET in (site / "cases/agua/valle.jpg").read_bytes()
    files = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    assert not [path for path, data in files.items() if SECRET in data]
    assert not [path for path in files if "reservado" in path.as_posix()]
    inside = staged(site, "members")
    hidden = copies(inside, "valle.jpg", "reservado")
    assert len(hidden) == 4, "the members' edition has them, so that this can fail"
    assert not set(hidden.values()) & set(files.values())


def test_copies_are_made_once_of_the_same_bytes_and_anew_of_others(site, docs, monkeypatch):
    made = []
    real = scaling.scaled
    monkeypatch.setattr(scaling, "scaled", lambda data: made.append(data) or real(data))
    before = copies(docs, "valle.jpg")
    assert copies(staged(site), "valle.jpg") == before
    assert made == []
    other = garden(site.parent / "other")
    shutil.copytree(site / "build/pictures", other / "build/pictures")
    sites.write(other, "cases/agua/valle.jpg", photograph(seed=3))
    again = copies(staged(other), "valle.jpg")
    assert len(made) == 1
    assert not set(again.values()) & set(before.values())


def test_a_page_is_made_anew_when_only_its_picture_changed(tmp_path):
    site = garden(tmp_path, image="")
    checker, pipeline = Checker(site), Pipeline(site)

    def page():
        checked = checker.check()
        pipeline.stage(select(checked.assembly, checked.assets, "public"), "public", "es", date(2026, 1, 1))
        return (pipeline.shop("public", "es").docs / "casos/agua/index.md").read_text("utf-8")

    assert ' width="1500" height="2000"' in page()
    sites.write(site, "cases/agua/valle.jpg", photograph(400, 300))
    assert ' width="400" height="300"' in page()


def test_two_pictures_of_the_same_bytes_do_not_meet(tmp_path, monkeypatch):
    at_work = []

    def write(path, data):
        at_work.append(path)
        time.sleep(0.02)
        path.write_bytes(data)
        assert at_work == [path]
        at_work.clear()

    monkeypatch.setattr(picturing, "write_atomically", write)
    paths = [f"cases/c{number}/valle.jpg" for number in range(4)]
    for path in paths:
        sites.write(tmp_path, path, photograph(500, 400))
    assert len(picturing.attached_pictures(tmp_path, paths)) == 4


def test_a_giant_and_a_moving_picture_have_no_copies(monkeypatch):
    frames = [Image.open(io.BytesIO(photograph(900, 600, seed=seed))) for seed in (1, 2)]
    moving = io.BytesIO()
    frames[0].save(moving, "WEBP", save_all=True, append_images=frames[1:])
    assert scaling.scaled(moving.getvalue()) == Picture(900, 600, {})
    assert scaling.scaled(photograph(900, 600)).copies
    monkeypatch.setattr(scaling, "MOST_PIXELS", 900 * 600 - 1)
    assert scaling.scaled(photograph(900, 600)) == Picture(900, 600, {})


def test_a_copy_is_never_larger_than_the_original():
    coarse = io.BytesIO()
    Image.frombytes("RGB", (900, 900), random.Random(1).randbytes(900 * 900 * 3)).save(coarse, "JPEG", quality=3)
    sizes = {width: len(data) for width, data in scaling.scaled(coarse.getvalue()).copies.items()}
    assert 900 not in sizes
    assert max(sizes.values(), default=0) < len(coarse.getvalue())


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", sites.PNG[:40], b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 13, b"IHDR") + bytes(40)]
)
def test_what_is_no_picture_is_none(data):
    assert scaling.scaled(data) == Picture(0, 0, {})


def test_the_size_that_an_author_gave_stays():
    html = framed(
        '<img src="../../casos/a/b.png" alt="a" width="90">', "casos/a/", {"casos/a/b.png": Picture(9, 9, {})}
    )
    assert html == '<img src="../../casos/a/b.png" alt="a" width="90" decoding="async">'
