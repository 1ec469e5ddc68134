"""What leaves the site: tags and pictures of a shared link, the text for WhatsApp, citations for reference managers."""

import io
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs

import pytest
import sites
from PIL import Image

from generator import drawing, engine
from generator.base.text import LANGUAGES, Text
from generator.checking import Checker
from generator.exports import exports
from generator.exports.citations import bibtex, ris
from generator.exports.export import Exported
from generator.library.editions import select
from generator.model.entry import Entry
from generator.model.kinds import PartialDate
from generator.pages.citing import Citation, citation
from generator.pages.preview import Preview
from generator.pages.record_pages import previews
from generator.pages.view import Site
from generator.picturing import update_pictures
from generator.records.organization import Organization

ROOT = "https://conocimiento-moquegua.example/"
LONGEST = (
    "¿Cómo se vigiló el presupuesto participativo? «Año del ñandú», güe y ÁÉÍÓÚÑ: un título de cien y diez letras."
)
STYLE = drawing.Style.of((sites.ROOT / "overrides/assets/kb.css").read_text("utf-8"))


def tags(path):
    """Each named tag of a page's head, unescaped."""
    head = path.read_text("utf-8").partition("</head>")[0]
    return {
        name: unescape(content)
        for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head)
    }


def png(preview, name="Gobernanza de la minería en Moquegua"):
    return drawing.Drawer(STYLE, name).draw(preview)


def shown(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def pages_of(site):
    """Every page but the web editor's own two, which are a program and no document."""
    return [path for path in sorted(site.rglob("index.html")) if path.parent.name not in ("abrir", "open")]


def test_every_page_has_the_tags_of_a_shared_link_with_absolute_addresses(real_site):
    for path in pages_of(real_site):
        told = tags(path)
        here = path.relative_to(real_site).as_posix().removesuffix("index.html")
        lang = "en" if here.startswith("en/") else "es"
        assert told["og:url"] == ROOT + here
        assert told["og:title"], path
        assert told["og:description"] == told["description"] != "", path
        assert (told["og:locale"], told["og:locale:alternate"]) == (
            ("es_PE", "en_US") if lang == "es" else ("en_US", "es_PE")
        )
        assert told["og:site_name"]
        assert told["twitter:card"] == "summary_large_image"
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
        assert told["og:image:alt"], path
        assert told["og:image"].startswith(ROOT)
        assert (real_site / told["og:image"].removeprefix(ROOT)).is_file(), path


def test_each_record_has_a_picture_of_its_own_in_each_language(real_site):
    site = "imagenes/site.png"
    seen = [tags(path)["og:image"] for path in real_site.glob("casos/*/index.html")]
    seen += [tags(path)["og:image"] for path in real_site.glob("en/cases/*/index.html")]
    assert len(set(seen)) == len(seen) > 20
    assert tags(real_site / "index.html")["og:image"] == ROOT + site
    assert tags(real_site / "casos/mesa-coralaque/index.html")["og:image:alt"].startswith("Caso: Mesa de Diálogo")


def test_pictures_are_small_and_of_the_size_that_their_tags_say(real_site):
    found = [*real_site.glob("imagenes/*.png"), *real_site.glob("en/images/*.png")]
    assert len(found) > 100
    for path in found:
        assert path.stat().st_size <= 60_000, path
        with Image.open(path) as image:
            assert image.size == (1200, 630)
            image.load()


def test_the_same_words_give_the_same_bytes_and_others_another_file():
    preview = Preview("case", "Caso", LONGEST, "Moquegua")
    assert png(preview) == png(preview)
    others = [Preview("case", "Caso", LONGEST, "Ilo"), Preview("minutes", "Caso", LONGEST, "Moquegua")]
    assert len({preview.file, *(other.file for other in others)}) == 3


@pytest.mark.parametrize(
    "title",
    [
        "Oyu Tolgoi",
        LONGEST,
        "Organización " * 12,
        "x" * 160,
        "W" * 110,
        "a " * 55,
        "Comité de Monitoreo, Vigilancia y Fiscalización",
    ],
)
@pytest.mark.parametrize(
    "place", ["", "Auditorio de la Municipalidad Provincial de Mariscal Nieto y sala virtual " * 2]
)
def test_no_word_of_a_picture_is_cut_off(title, place):
    preview = Preview("minutes", "Acta", title, place)
    room = 1200 - 2 * drawing.MARGIN
    (heading, top), (where, below) = drawing.settings_of(preview)
    for setting, words in ((heading, title), (where, place)):
        assert "".join(setting.lines).replace(" ", "") == words.replace(" ", "")
        assert max(map(setting.face.width, setting.lines)) <= room
    assert top + heading.height <= (below if place else 630 - drawing.STRIP - 8)
    assert below + where.height <= 630 - drawing.STRIP - 8
    image = shown(png(preview))
    paper = image.getpixel((2, 2))
    edges = [image.crop((0, 0, drawing.MARGIN - 4, 510)), image.crop((1200 - drawing.MARGIN + 4, 0, 1200, 510))]
    assert all(edge.getcolors() == [(edge.width * edge.height, paper)] for edge in edges)


def test_every_letter_of_spanish_is_in_the_font_and_none_is_like_another():
    face = drawing.face_of("Bold", 64)
    missing = face._glyph("\uffff", (6, 4))[0].tobytes()
    letters = "áéíóúüñÁÉÍÓÚÜÑ¿¡«»“”–—…º°·/€"
    drawn = [face._glyph(letter, (6, 4)) for letter in letters]
    assert missing not in [tile.tobytes() for tile, *_ in drawn]
    assert len({tile.tobytes() + repr(place).encode() for tile, _, *place in drawn}) == len(letters)
    assert png(Preview("case", "Caso", "Mesa de dia\u0301logo")) == png(Preview("case", "Caso", "Mesa de diálogo"))


def test_pictures_take_colours_and_signs_from_the_stylesheet():
    assert STYLE.colours["paper"] == "#fbf8f1"  # the light scheme's, which is declared first
    assert len(STYLE.signs) == 5
    colours = {
        kind: shown(png(Preview(kind, "Tipo", "T"))).getpixel((92, 102))
        for kind in ("case", "practice", "organization")
    }
    assert "#{:02x}{:02x}{:02x}".format(*colours["case"]) == STYLE.colours["case"]
    assert len(set(colours.values())) == 3


def test_a_picture_is_drawn_once_and_goes_with_its_title(tmp_path, monkeypatch):
    (tmp_path / "overrides/assets").mkdir(parents=True)
    (tmp_path / "overrides/assets/kb.css").write_bytes((sites.ROOT / "overrides/assets/kb.css").read_bytes())
    shop = engine.Workshop(tmp_path / "shop", "es")
    first, second = Preview("case", "Caso", "Uno"), Preview("case", "Caso", "Dos")
    drawn = []
    draw = drawing.Drawer.draw
    monkeypatch.setattr(drawing.Drawer, "draw", lambda self, preview: drawn.append(preview) or draw(self, preview))
    folder = update_pictures(tmp_path, shop, "Sitio", [first])
    assert update_pictures(tmp_path, shop, "Sitio", [first, second]) == folder
    assert drawn == [first, second]
    update_pictures(tmp_path, shop, "Sitio", [second])
    assert [path.name for path in folder.iterdir()] == [second.file]
    renamed = update_pictures(tmp_path, shop, "Otro sitio", [second])
    assert drawn == [first, second, second]
    assert [path.parent for path in folder.parent.rglob("*.png")] == [renamed]


def test_a_picture_of_the_public_edition_says_nothing_of_a_hidden_record(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", "visibility: members\ntitle: CANARIO del caso\n"))
    checked = Checker(folder).check()
    for edition, there in (("public", False), ("members", True)):
        library = select(checked.assembly, checked.assets, edition)
        said = [preview.title for lang in LANGUAGES for preview in previews(Site(library, lang, date(2026, 1, 1)))]
        assert ("CANARIO del caso" in said) is there


def shared_text(path):
    (found,) = re.findall(r'<a [^>]*href="https://wa\.me/\?([^"]+)"', path.read_text("utf-8"))
    return parse_qs(unescape(found), keep_blank_values=True)


def test_the_plain_link_to_whatsapp_holds_title_and_address_and_nothing_else(real_site):
    (text,) = shared_text(real_site / "casos/mesa-coralaque/index.html")["text"]
    title, address = text.split("\n\n")
    assert title == "*Mesa de Diálogo por la cuenca del río Coralaque*"
    assert address == f"{ROOT}casos/mesa-coralaque/"
    for path in real_site.rglob("index.html"):
        if "wa.me" in path.read_text("utf-8"):
            query = shared_text(path)
            assert query.keys() == {"text"}
            assert len(query["text"][0]) <= 700, path
            assert query["text"][0].split("\n")[0].count("*") == 2


def test_the_longest_fields_make_a_text_that_is_short_enough():
    def longest(cls, name):
        return next(mark.max_length for mark in cls.model_fields[name].metadata if hasattr(mark, "max_length"))

    address = 110
    for cls, title in ((Entry, "title"), (Organization, "name")):
        assert len("**\n\n\n\n") + longest(cls, title) + longest(cls, "summary") + address <= 700


def test_a_record_says_how_to_cite_it(real_site):
    text = (real_site / "en/cases/mesa-coralaque/index.html").read_text("utf-8")
    (cited,) = re.findall(r'<section class="kb-citing".*?</section>', text, re.DOTALL)
    plain = " ".join(unescape(re.sub(r"<[^>]+>", "", cited)).split())
    assert plain.startswith("How to cite Editorial team of the knowledge base (2026, November 23). ")
    assert f"Mining governance in Moquegua. {ROOT}en/cases/mesa-coralaque/" in plain
    told = tags(real_site / "en/cases/mesa-coralaque/index.html")
    assert told["citation_author"] == "Editorial team of the knowledge base"
    assert told["citation_publication_date"] == "2026/11/23"
    assert "kb-citing" not in (real_site / "organizaciones/ana/index.html").read_text("utf-8")
    for found in re.findall(r'<a href="([^"]+)" download', cited):
        assert (real_site / "en/cases/mesa-coralaque" / found).is_file()


AWKWARD = Citation(
    "agua",
    "casos/agua/",
    'Agua & {ríos}: 50 % de «canon_minero» \\ ~#1^ "$" }',
    ("Minas, Ríos & Cía.", "Equipo"),
    PartialDate(date(2026, 3, 1), "2026-03"),
    "es",
)


def braces_balance(text):
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    return depth == 0


def test_bibtex_survives_every_special_character():
    entry = bibtex(AWKWARD, "es", "Sitio", "https://example.org/casos/agua/")
    assert braces_balance(entry)
    assert entry.startswith("@misc{agua-es,\n")
    assert (
        r"title = {{Agua \& \textbraceleft{}ríos\textbraceright{}: 50 \% de «canon\_minero» \textbackslash{} "
        r'\textasciitilde{}\#1\textasciicircum{} "\$" \textbraceright{}}}' in entry
    )
    assert r"author = {{Minas, Ríos \& Cía.} and {Equipo}}" in entry
    assert "year = {2026}" in entry
    assert "month = {3}" in entry
    assert "day" not in entry


def test_ris_has_one_tag_a_line_and_ends():
    made = ris(AWKWARD, "Sitio\nde prueba", "https://example.org/casos/agua/")
    lines = made.split("\r\n")
    assert lines.pop() == ""
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert lines[0] == "TY  - ELEC"
    assert lines[-1] == "ER  - "
    assert "DA  - 2026/03//" in lines
    assert "PB  - Sitio de prueba" in lines
    assert lines.count("AU  - Equipo") == 1


def test_a_record_without_authors_is_cited_by_its_title_and_nobody_is_named_under_the_chatham_house_rule(tmp_path):
    minutes = "content/minutes/2025-12-15-ejemplo.md"
    folder = sites.make_site(
        tmp_path, sites.fields(minutes, "rule: chatham-house\nauthors: [{organization: gore-moquegua}]\n")
    )
    checked = Checker(folder).check()
    for edition, authors in (("public", ()), ("members", ("Gobierno Regional de Moquegua",))):
        library = select(checked.assembly, checked.assets, edition)
        record = library.records["2025-12-15-ejemplo"]
        assert citation(library, record, "es").authors == authors


def test_the_public_site_alone_has_a_service_worker_and_says_what_may_be_kept(real_site):
    assert '"away": ["guardadas/", "en/saved/"]' in (real_site / "sw.js").read_text("utf-8")
    for path in pages_of(real_site):
        text = path.read_text("utf-8")
        assert 'name="kb-offline"' in text
        for asset in re.findall(r'(?:src|href)="([^"]*assets/[^"]+)"', text):
            assert re.search(r"\?v=[0-9a-f]{10}$", asset), (path, asset)
        assert 'content="noindex"' not in text
    worker = (real_site / "assets/kb-sw.js").stat().st_size + (real_site / "sw.js").stat().st_size
    assert worker <= 3072


def test_search_engines_are_kept_from_the_members_edition(tmp_path):
    checked = Checker(sites.make_site(tmp_path)).check()
    for edition, told in (("public", "Allow: /"), ("members", "Disallow: /")):
        library = select(checked.assembly, checked.assets, edition)
        exported = Exported(library, edition, "https://example.org/", Text("Sitio", "Site"), "1", {})
        files = {export.path: export.content for export in exports(exported)}
        assert told.encode() in files["robots.txt"]
        assert ("sitemap.xml" in files) is (edition == "public")
