"""The language of each part of a page: WCAG 2.2, success criterion 3.1.2, as far as a page can say it."""

from html.parser import HTMLParser

import jinja2
import pytest
import sites
from test_pages import page, pages

from generator.base.text import LANGUAGES, Text
from generator.checking import Checker
from generator.exports import exports
from generator.exports.export import Exported
from generator.library.decoded import content_version
from generator.library.editions import select
from generator.pages.addresses import list_address, record_address
from generator.records.term import Term
from generator.rulebook import rule_pages

CASE, ENGLISH, TERM, MINUTES = "cases/agua.md", "cases/agua.en.md", sites.BASE["term"], sites.BASE["minutes"]
GUIDES = {"es": ("guia-de-campos/", "reglas/kb510/"), "en": ("field-guide/", "rules/kb510/")}
SOURCES = """sources:
  - {title: Dialogue tables that work, language: en, url: 'https://example.org/a', note: Se vio la portada.}
  - {title: Actas de la mesa, file: actas.pdf}
  - {title: Nota sobre la mesa}
"""
TRANSLATED = """---
translation: human
title: Water monitoring in the valley
summary: Between 2019 and 2021, three communities and a company measured the water together and published what they saw.
sources:
  - note: The cover was seen.
  - title: Actas de la mesa
  - title: Article on the table
---

## Context

Text.

## What was done

Text.

## Results

Text.

## Lessons

Text.
"""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Parts(HTMLParser):
    """Every text of a page, with the language in force and the ids of what it stands in."""

    def __init__(self, html, lang):
        super().__init__()
        self.open, self.texts = [("", lang, ())], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            _, lang, ids = self.open[-1]
            told = dict(attrs)
            self.open.append((tag, told.get("lang", lang), (*ids, told["id"]) if told.get("id") else ids))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip():
            self.texts.append((" ".join(data.split()), *self.open[-1][1:]))

    def languages(self, words, inside=None):
        """In which languages some words stand, wherever they do."""
        return {lang for text, lang, ids in self.texts if words in text and (inside is None or inside in ids)}


def parts(tmp_path, path, *examples, lang="es"):
    return Parts(page(tmp_path, path, *examples, lang=lang).html, lang)


@pytest.fixture
def titles(tmp_path):
    """In which language the title of each source stands, by the language of the page."""
    made = [
        sites.fields(CASE, SOURCES),
        sites.file(ENGLISH, TRANSLATED),
        sites.Example("made", "cases/agua/actas.pdf", "900"),
    ]
    folder = sites.make_site(tmp_path, *made)
    shown = {
        lang: Parts(pages(folder, lang)[path].html, lang)
        for lang, path in (("es", "casos/agua/"), ("en", "cases/agua/"))
    }

    def languages(words):
        return {lang: found for lang, each in shown.items() if (found := each.languages(words))}

    return languages


def test_a_title_in_english_is_marked_on_the_page_in_spanish_alone(titles):
    assert titles("Dialogue tables that work") == {"es": {"en"}, "en": {"en"}}


def test_a_title_that_the_translation_leaves_as_it_was_keeps_the_language_of_the_original(titles):
    assert titles("Actas de la mesa") == {"es": {"es"}, "en": {"es"}}


def test_a_title_that_was_translated_is_in_the_language_of_its_page(titles):
    assert titles("Nota sobre la mesa") == {"es": {"es"}}
    assert titles("Article on the table") == {"en": {"en"}}


UNTRANSLATED_MINUTES = """
place: {name: 'Moquegua, sede por confirmar'}
agenda: [{title: Avances, records: [mesa-ejemplo]}]
organizations: [gore-moquegua]
authors: [{organization: gore-moquegua}]
agreements: [{n: 1, text: Publicar la matriz., responsible: [gore-moquegua], due: none, verify_by: Está en la web.}]
amendments: [{date: '2026-01-10', sector: academia, text: Dice 22 y debe decir 23.}]
sources: [{title: Informe del año, note: Se vio la portada.}]
"""
UNTRANSLATED_PRACTICE = """
validation: {how: Evaluación de fuera, by: Universidad, date: '2023'}
legal_basis: [{norm: 'Ley 27506, Ley de Canon'}]
"""


@pytest.mark.parametrize(
    ("path", "example", "words"),
    [
        (
            "minutes/2025-12-15-ejemplo/",
            sites.fields(MINUTES, UNTRANSLATED_MINUTES),
            ["sede por confirmar", "Avances", "Está en la web", "debe decir 23", "Informe del año", "la portada",
             "Monitoreo del agua en el valle", "Gobierno Regional de Moquegua"],
        ),
        (
            "good-practices/practica-ejemplo/",
            sites.fields(sites.BASE["practice"], UNTRANSLATED_PRACTICE),
            ["Evaluación de fuera", "Ley de Canon"],
        ),
        ("cases/mesa-ejemplo/", sites.fields(TERM, ""), ["Gobierno Regional de Moquegua", "Comunidades del valle"]),
        (
            "glossary/",
            sites.fields(TERM, "also_known_as: [Parte del canon]\nsee: [canon]\nsources: [{title: Informe anual}]\n"),
            ["Canon", "Parte del canon", "Parte del impuesto", "Informe anual"],
        ),
    ],
    ids=["minutes", "practice", "case", "glossary"],
)  # fmt: skip
def test_on_a_page_in_english_the_words_of_what_was_not_translated_are_in_spanish(tmp_path, path, example, words):
    shown = parts(tmp_path, path, example, lang="en")
    assert {each: shown.languages(each) for each in words} == {each: {"es"} for each in words}


def test_a_figure_in_a_text_that_was_not_translated_speaks_the_language_of_the_page(tmp_path):
    text = "---\n\n## Contexto\n\n![Lo que llegó](../content/data/canon.yml)\n\n"
    text += "".join(f"## {title}\n\nAlgo.\n\n" for title in ("Qué se hizo", "Resultados", "Lecciones"))
    table = "year,measure,amount,currency,unit,source_title,source_url,verified{more}\n"
    row = "2008,canon-recibido-departamento,211.4,PEN,millions,{title},https://example.org/{title},yes{more}\n"
    shown = parts(
        tmp_path,
        "cases/agua/",
        sites.fields(CASE, text),
        sites.file("content/data/canon.yml", "plotted: [canon-recibido-departamento]\n"),
        sites.file("content/data/a.csv", table.format(more="") + row.format(title="Informe", more="")),
        sites.file(
            "content/data/b.csv", table.format(more=",source_language") + row.format(title="Report", more=",en")
        ),
        lang="en",
    )
    assert [shown.languages(words) for words in ("Algo.", "Lo que llegó", "Informe", "Report", "The data as a table")] == [
        {"es"}, {"es"}, {"es"}, {"en"}, {"en"},
    ]  # fmt: skip


def test_a_definition_in_another_language_than_the_text_says_so(tmp_path):
    text, term = TRANSLATED.replace("Text.", "Canon came.", 1), sites.fields(TERM, "also_known_as: [Canon]\n")
    html = page(tmp_path, "cases/agua/", sites.fields(CASE, ""), sites.file(ENGLISH, text), term, lang="en").html
    assert '" lang="es">Canon</a> came.' in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_are_in_the_language_in_which_they_are_written(tmp_path, lang):
    made = pages(sites.make_site(tmp_path), lang, rule_pages())
    guide, stale = (Parts(made[path].html, lang) for path in GUIDES[lang])
    assert guide.languages("Monitoreo del agua en el valle") == {"es"}
    assert stale.languages("term: Mining canon") == {"en"}


def test_in_the_list_of_sections_those_of_a_text_that_was_not_translated_are_in_its_language():
    theme = jinja2.Environment(loader=jinja2.FileSystemLoader(sites.ROOT / "overrides"), autoescape=False)  # noqa: S701  # as the engine's
    sections = [{"id": "contexto", "text": "Contexto"}, {"id": "ficha_fuentes", "text": "Sources"}]
    page = {"meta": {"lang": "es", "toc": sections}}
    shown = Parts(theme.get_template("partials/toc.html").render(page=page, config={"extra": {"language": "en"}}), "en")
    assert (shown.languages("Contexto"), shown.languages("Sources")) == ({"es"}, {"en"})


def test_saying_the_language_of_a_title_makes_no_translation_stale_and_its_words_do(tmp_path):
    def version(name, fields):
        folder = sites.make_site(tmp_path / name, sites.fields(CASE, fields))
        return content_version(Checker(folder).check().assembly.records["agua"])

    said = version("said", "sources: [{title: Annual report, language: en}]\n")
    assert said == version("unsaid", "sources: [{title: Annual report}]\nstatus: archived\n")
    assert said != version("other", "sources: [{title: Annual reports, language: en}]\n")


def test_saying_the_language_of_a_title_changes_nothing_that_a_meeting_approved(tmp_path):
    fields = "minutes_status: approved\napproved_on: 2026-01-20\nsources: [{title: Annual report%s}]\n"
    before = sites.Example("committed", MINUTES, fields % "")
    assert sites.check(tmp_path, [before, sites.fields(MINUTES, fields % ", language: en")]) == ""


def test_a_translation_does_not_say_in_which_language_the_original_is_called(tmp_path):
    text = TRANSLATED.replace("  - note: The cover was seen.\n", "  - {language: en}\n")
    made = [sites.fields(CASE, SOURCES.replace(", file: actas.pdf", "")), sites.file(ENGLISH, text)]
    assert "KB508" in sites.check(tmp_path, made)


def test_a_reference_and_an_old_address_tell_the_language_in_which_a_record_is(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields(CASE, "aliases: [agua-vieja]\n"))
    checked = Checker(folder).check()
    library = select(checked.assembly, checked.assets, "public")
    told = Exported(library, "public", "https://example.org/", Text("Base", "Base"), "1", {"es": {}, "en": {}})
    made = {each.path: each.content.decode() for each in exports(told) if each.path.startswith("en/")}
    assert "LA  - es\r\n" in made["en/references.ris"]
    assert "LA  - en" not in made["en/references.ris"]
    assert "language = {english}" not in made["en/references.bib"]
    assert '<html lang="es">' in made["en/cases/agua-vieja/index.html"]


@pytest.mark.slow
def test_every_source_on_the_real_site_is_called_in_the_language_that_its_record_says(real_site):
    checked = Checker(sites.ROOT).check()
    library = select(checked.assembly, checked.assets, "public")
    seen, wrong = 0, []
    for lang in LANGUAGES:
        shown = {}
        for original in library.records.values():
            record = library.shown(original, lang)
            address = list_address(Term, lang) if isinstance(original, Term) else record_address(record, lang)
            path = real_site / ("" if lang == "es" else lang) / address / "index.html"
            if not original.sources or (original.kind.name == "page" and original.origin.shown_in != lang):
                continue
            if path not in shown:
                shown[path] = Parts(path.read_text("utf-8"), None)
            for n, (was, now) in enumerate(zip(original.sources, record.sources, strict=True), start=1):
                kept = was.title == now.title
                said = {was.language or original.origin.shown_in} if kept else {lang}
                place = original.id if isinstance(original, Term) else f"fuente_{n}"
                found = shown[path].languages(" ".join(now.title.split()), place)
                wrong += [(str(path), now.title, found)] if found != said else []
                seen += 1
    assert wrong == []
    assert seen > 1000
