"""The way that «Cómo enviar un caso» shows in pictures is walked in both languages, so that they stay true.

`KB_PICTURES=1 pytest tests/browser/test_guide_pictures.py` takes the pictures anew (the Word one needs LibreOffice).
"""

import io
import os
import re
import subprocess

import pytest
import sites
from papers import PAPERS, Sheet
from PIL import Image
from test_editor_in_browser import Form, address, fill_in, npm, open_editor, proxy, repository  # noqa: F401
from test_search import PHONE, browser  # noqa: F401  # one way to start a browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TAKEN_ANEW = bool(os.environ.get("KB_PICTURES"))
MOST = 60_000
"""Bytes of a picture."""
NARROW = {"width": 800, "height": 700}
"""As narrow as the editor goes: pictures are looked at on phones too."""
GUIDES = {"es": "content/pages/es/enviar-un-caso", "en": "content/pages/en/send-a-case"}
DOORS = {"es": "editar/", "en": "en/edit/"}
EXAMPLE = {"es": "Un caso de ejemplo", "en": "An example of a case"}
EDITOR = {
    "es": ("Casos", "Caso", "ayer", "Guardar", "Estado: Borrador", "En revisión"),
    "en": ("Cases", "Case", "yesterday", "Save", "Status: Draft", "In review"),
}


def keep(lang, name, data, box=None):
    """Writes a picture beside its guide, if they are to be taken anew: cropped, of few colours, without hidden data."""
    if not TAKEN_ANEW:
        return
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image = image.crop(box) if box else image
    few, file = image.quantize(48, dither=Image.Dither.NONE), sites.ROOT / GUIDES[lang] / f"{name}.png"
    file.parent.mkdir(exist_ok=True)
    few.save(file, optimize=True)


def rest(page):
    """Until notices have gone: for the picture only."""
    page.wait_for_timeout(6500 if TAKEN_ANEW else 0)


@pytest.mark.parametrize("lang", GUIDES)
def test_a_phone_finds_the_word_templates_where_the_picture_shows_them(browser, address, lang):  # noqa: F811
    context = browser.new_context(viewport={"width": PHONE["width"], "height": 640})
    page = context.new_page()
    page.goto(f"{address}/{DOORS[lang]}")
    section = page.locator("section", has=page.locator("a[href$='.docx']"))
    assert section.locator("a[download]").count() == 3
    box = section.bounding_box()
    clip = {"x": 0, "y": box["y"] - 16, "width": PHONE["width"], "height": box["height"] + 16}
    keep(lang, "plantillas", page.screenshot(full_page=True, clip=clip))
    context.close()


def test_the_editor_goes_the_way_of_the_pictures_in_both_languages(open_editor):  # noqa: F811
    for lang, (cases, case, wrong, save, draft, review) in EDITOR.items():
        guide = (sites.ROOT / f"{GUIDES[lang]}.md").read_text("utf-8")
        for words in (cases, case, save, draft, review):
            assert re.search(f"[«“]{words}[»”]", guide), words
        page = open_editor({"es": "editar/abrir/", "en": "en/edit/open/"}[lang])
        page.set_viewport_size(NARROW)
        page.get_by_role("button").first.click()  # the local proxy lets everybody in
        begin = page.get_by_role("link", name=re.compile(f"{case}$")).last
        begin.wait_for()
        page.get_by_role("link", name=cases, exact=True).wait_for()
        keep(lang, "lista", page.screenshot(), (0, 64, 800, 300))
        begin.click()
        page.locator("[id^='title-field-']").first.wait_for()
        form = Form.__new__(Form)
        form.page = page
        if lang == "es":
            fill_in(form)
        form.write("title", EXAMPLE[lang])
        form.write("created", wrong)
        page.get_by_role("button", name=save, exact=True).click()
        page.get_by_text("2023-04-19").first.wait_for()
        rest(page)
        page.locator("[id^='title-field-']").first.scroll_into_view_if_needed()
        keep(lang, "aviso", page.screenshot(), (0, 96, 800, 330))
        if lang == "es":  # saved once; the other language opens what was saved
            form.write("created", "2026-11-23")
            page.get_by_role("button", name=save, exact=True).click()
            page.wait_for_url("**/collections/case/entries/*")
            saved = page.url.partition("#")[2]
        else:
            page = open_editor(f"en/edit/open/#{saved}")
            page.set_viewport_size(NARROW)
            page.get_by_role("button").first.click()
        page.get_by_role("button", name=draft).click()
        page.get_by_role("menuitem", name=review).wait_for()
        rest(page)
        keep(lang, "estado", page.screenshot(), (150, 0, 640, 190))
    page.get_by_role("menuitem", name=review).click()
    page.get_by_text(f"Status: {review}").wait_for()


@pytest.mark.skipif(not TAKEN_ANEW, reason="looks at nothing that test_import.py does not")
def test_the_word_template_is_drawn(tmp_path):
    sheet = Sheet(PAPERS["case"])
    for heading, words in (("Título", EXAMPLE["es"]), ("Periodo: inicio", "2011-03")):
        sheet.box(heading).text = words
    file = sheet.save(tmp_path / "caso.docx")
    for command in (["soffice", "--headless", "--convert-to", "pdf"], ["pdftoppm", "-r", "90", "-l", "1", "-png"]):
        tail = [str(file)] if command[0] == "soffice" else ["caso.pdf", "hoja"]
        subprocess.run([*command, *tail], cwd=tmp_path, check=True, capture_output=True, timeout=200)
    keep("es", "word", next(tmp_path.glob("hoja*.png")).read_bytes(), (30, 30, 744, 450))


def test_no_picture_of_a_guide_is_heavy():
    pictures = [file for folder in GUIDES.values() for file in (sites.ROOT / folder).glob("*.png")]
    assert len(pictures) >= 8
    assert {file.name: file.stat().st_size for file in pictures if file.stat().st_size > MOST} == {}
