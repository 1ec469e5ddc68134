"""What pages say: everything that matters is in the HTML, in the page's language, without JavaScript."""

import re
from datetime import date
from html import unescape
from itertools import pairwise

import pytest
import sites

from generator.base.text import plain
from generator.checking import Checker
from generator.library.editions import select
from generator.pages.page import relative
from generator.pages.plan import plan
from generator.pages.view import Site
from generator.rulebook import rule_pages

TODAY = date(2026, 11, 23)
CASE = "cases/agua.md"
BODY = "---\n\n## Contexto\n\n{text}\n\n## Qué se hizo\n\nAlgo.\n\n## Resultados\n\nAlgo.\n\n## Lecciones\n\nAlgo.\n"


def planned(folder, lang="es", rules=()):
    checked = Checker(folder).check()
    library = select(checked.assembly, checked.assets, "public")
    return list(plan(Site(library, lang, TODAY), rules))


def pages(folder, lang="es", rules=()):
    made = [each.make() for each in planned(folder, lang, rules)]
    return {page.path: page for page in made}


def page(tmp_path, path, *examples, lang="es"):
    return pages(sites.make_site(tmp_path, *examples), lang)[path]


def with_text(text, fields=""):
    return sites.fields(CASE, fields + BODY.format(text=text))


@pytest.fixture(scope="module")
def real():
    checked = Checker(sites.ROOT).check()
    library = select(checked.assembly, checked.assets, "public")
    return {lang: {p.path: p.make() for p in plan(Site(library, lang, TODAY), rule_pages())} for lang in ("es", "en")}


def test_the_plan_knows_each_address_and_its_twin(real):
    for lang, twin in (("es", "en"), ("en", "es")):
        for each in planned(sites.ROOT, lang, rule_pages()):
            assert real[lang][each.path].path == each.path
            assert each.twin in real[twin]


def test_no_two_pages_share_an_address():
    checked = Checker(sites.ROOT).check()
    library = select(checked.assembly, checked.assets, "public")
    for lang in ("es", "en"):
        paths = [planned.path for planned in plan(Site(library, lang, TODAY), rule_pages())]
        assert len(paths) == len(set(paths))


def test_every_page_has_one_main_heading_and_skips_no_level(real):
    for site in real.values():
        for made in site.values():
            levels = [int(level) for level in re.findall(r"<h([1-6])", made.html)]
            assert levels.count(1) == 1, made.path
            assert levels[0] == 1, made.path
            assert all(after <= before + 1 for before, after in pairwise(levels)), (made.path, levels)


def test_no_page_has_an_anchor_twice(real):
    for site in real.values():
        for made in site.values():
            anchors = re.findall(r'\bid="([^"]+)"', made.html)
            assert len(anchors) == len(set(anchors)), made.path


def test_every_field_of_a_case_that_holds_knowledge_is_on_its_page(tmp_path):
    html = page(
        tmp_path,
        "casos/agua/",
        sites.fields(
            CASE,
            "transferability: Sirve donde haya secretaría.\n"
            "money: [{concept: canon, amount: 1234567.5, currency: PEN, year: 2020, note: Lo transferido, source: 1}]\n"
            "corruption_risks: [{risk: opacidad, where: En la lista de proveedores, claim: riesgo}]\n"
            "disagreements: [{about: La fecha, versions: [{text: Fue en enero, source: 1}, {text: Fue en marzo}]}]\n",
        ),
    ).html
    for words in (
        "Sirve donde haya secretaría.",
        "S/ 1\u202f234\u202f567,5",
        "Lo transferido",
        "En la lista de proveedores",
        "no es una acusación",
        "La fecha",
        "Fue en enero",
        "Fue en marzo",
        "La universidad señaló",
        "Comunidades del valle",
        "resultado mixto",
    ):
        assert words in html, words


def test_amounts_and_dates_read_as_each_language_writes_them(tmp_path):
    fields = sites.fields(
        CASE, "money: [{concept: canon, amount: 1234567.5, currency: USD, source: 1}]\nupdated: 2026-12-03\n"
    )
    folder = sites.make_site(tmp_path, fields)
    assert "US$ 1\u202f234\u202f567,5" in pages(folder)["casos/agua/"].html
    assert "3 de diciembre de 2026" in pages(folder)["casos/agua/"].html
    assert "US$ 1,234,567.5" in pages(folder, "en")["cases/agua/"].html
    assert "3 December 2026" in pages(folder, "en")["cases/agua/"].html


def test_a_citation_jumps_to_its_source_and_code_is_left_alone(tmp_path):
    html = page(tmp_path, "casos/agua/", with_text("Un hecho [1] y `lista[1]`.")).html
    assert '<sup><a href="#fuente_1"' in html
    assert "<code>lista[1]</code>" in html
    assert 'id="fuente_1"' in html


def test_the_first_use_of_a_term_leads_to_its_definition_and_shows_it(tmp_path):
    html = page(tmp_path, "casos/agua/", with_text("El canon minero creció. El canon minero bajó.")).html
    links = re.findall(r'<a href="([^"]+)" data-definition="([^"]+)"', html)
    assert links == [("../../glosario/#canon", "Parte del impuesto a la renta que vuelve a la región.")]


def test_links_between_files_become_links_between_pages_in_the_same_language(tmp_path):
    text = "Véase [la práctica](../content/practices/practica-ejemplo.md#evidencia) y [el plano](agua/plano.csv)."
    folder = sites.make_site(tmp_path, with_text(text), sites.file("cases/agua/plano.csv", "a\n"))
    assert 'href="../../buenas-practicas/practica-ejemplo/#evidencia"' in pages(folder)["casos/agua/"].html
    assert 'href="../../casos/agua/plano.csv"' in pages(folder)["casos/agua/"].html
    assert 'href="../../good-practices/practica-ejemplo/#evidencia"' in pages(folder, "en")["cases/agua/"].html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert%281%29)",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<iframe src="https://example.org"></iframe>',
        '<form action="https://example.org"><input></form>',
        '<svg onload="alert(1)"></svg>',
        '<p style="position:fixed">x</p>',
        '<p id="__config">x</p>',
        '<meta http-equiv="refresh" content="0">',
        "![x](https://example.org/x.png)",
        '<img src="//example.org/x.png">',
        "<base href='https://example.org/'>",
        "{{ 7 * 7 }}{% raw %}",
    ],
)
def test_nothing_hostile_in_a_text_reaches_the_page(tmp_path, hostile):
    from generator.reading.markdown import Body

    html = Body(f"Antes {hostile} después").html()
    assert "Antes" in html
    assert not re.search(
        r"<script|onerror=|onload=|(?:href|src)=\"(?:javascript|data)|<iframe|<form|<svg|style=|id=\"__|<meta|<base|src=\"(?:https?:)?//",
        html,
        re.IGNORECASE,
    ), html
    assert "49" not in html


def test_fields_are_escaped_wherever_they_stand(tmp_path):
    hostile = '"<script>alert(1)</script> & co"'
    folder = sites.make_site(
        tmp_path,
        sites.fields(
            CASE,
            f"title: {hostile}\ntransferability: {hostile}\nactors: [{{name: {hostile}, sector: academia, role: afectado}}, {{name: B, sector: medios, role: observador}}]\n",
        ),
    )
    for made in pages(folder).values():
        assert "<script>" not in made.html


def test_a_written_page_has_attachments_of_its_own_also_where_both_languages_have_the_same_names(tmp_path):
    text = "title: Guía\n---\n\n![Un punto](guia/punto.png)\n\n![El otro](../{other}/guia/punto.png)\n"
    translated = text.replace("title: Guía\n", "title: Guide\ntranslation_of: guia\n").format(other="es")
    folder = sites.make_site(
        tmp_path,
        sites.fields("content/pages/es/guia.md", text.format(other="en")),
        sites.fields("content/pages/en/guia.md", translated),
    )
    for lang in ("es", "en"):
        sites.write(folder, f"content/pages/{lang}/guia/punto.png", sites.PNG)
    assert sites.findings(folder) == ""
    for lang in ("es", "en"):
        html = pages(folder, lang)["guia/"].html
        assert re.findall(r'<img src="([^"]+)"', html) == [
            f"../{own}/guia/punto.png" for own in ((lang, "en") if lang == "es" else (lang, "es"))
        ]


def test_a_record_that_was_not_translated_is_shown_in_its_language_and_says_so(tmp_path):
    made = page(tmp_path, "cases/mesa-ejemplo/", lang="en")
    assert "not in English yet" in made.html
    assert '<h1 lang="es">' in made.html
    assert made.meta["lang"] == "es"
    assert "data-pagefind-body" not in made.html, "its words are in the index of its own language"
    assert "only in Spanish" in pages(sites.make_site(tmp_path / "b"), "en")["cases/"].html


def test_a_translation_takes_the_place_of_the_original_and_says_who_made_it(tmp_path):
    english = (
        "---\ntitle: Water in the valley\nsummary: Between 2019 and 2021 three communities and a company measured the water together.\n"
        "translation: machine\ntranslated_from: 000000000000\nperspectives: [{}, {text: The communities asked to see the results.}]\n---\n\n"
        "## Context\n\nText.\n\n## What was done\n\nText.\n\n## Results\n\nText.\n\n## Lessons\n\nText.\n"
    )
    folder = sites.make_site(tmp_path, sites.file("cases/mesa-ejemplo.en.md", english))
    made = pages(folder, "en")["cases/mesa-ejemplo/"]
    assert made.title == "Water in the valley"
    assert "Machine translation" in made.html
    assert "The original has changed since" in made.html
    assert "The communities asked to see the results." in made.html
    assert "La universidad señaló" in made.html, "what was not translated stays"
    assert made.source_path == "cases/mesa-ejemplo.en.md"
    assert pages(folder)["casos/mesa-ejemplo/"].title != made.title


def test_an_organisation_shows_its_agreements_and_the_records_that_name_it(tmp_path):
    minutes = sites.fields(
        "content/minutes/2025-12-15-ejemplo.md",
        "agreements: [{n: 3, text: Publicar la matriz de compromisos., responsible: [gore-moquegua], due: 2026-03}]\n",
    )
    folder = sites.make_site(tmp_path, minutes)
    html = pages(folder)["organizaciones/gore-moquegua/"].html
    assert "Publicar la matriz de compromisos." in html
    assert "../../actas/2025-12-15-ejemplo/#acuerdo_3" in html
    assert "../../casos/mesa-ejemplo/" in html
    assert "vencido" in html
    tracker = pages(folder)["acuerdos/"].html
    assert 'id="2025-12-15-ejemplo-3"' in tracker
    assert "1 vencido al 23 de noviembre de 2026" in tracker


def test_a_closed_agreement_is_never_overdue_and_the_latest_news_is_its_status(tmp_path):
    minutes = sites.fields(
        "content/minutes/2025-12-15-ejemplo.md",
        "agreements: [{n: 3, text: Publicar la matriz de compromisos., responsible: unknown, due: 2026-03, "
        "updates: [{date: 2026-05, status: complete}, {date: 2026-02, status: limited}]}]\n",
    )
    html = page(tmp_path, "acuerdos/", minutes).html
    assert "kb-status-complete" in html
    assert "kb-overdue" not in html
    assert "no se conoce" in html


def test_every_facet_has_a_page_with_its_records_and_broader_places_hold_the_narrower(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields(CASE, "places: ['180106']\ntitle: Un caso en Torata\n"))
    made = pages(folder)
    for path in ("temas/agua/", "lugares/180106/", "lugares/1801/", "lugares/18/", "sectores/academia/", "paises/pe/",
                 "resultados/mixed/", "mecanismos/mesa-de-dialogo/", "periodos/2011/", "periodos/2012/"):  # fmt: skip
        assert "Un caso en Torata" in made[path].html, path
        assert path.split("/")[0] in made["explorar/"].html


def test_long_lists_are_cut_into_pages(tmp_path):
    from generator.pages.list_pages import PER_PAGE

    base = sites.changed(sites.record_class(CASE), "")
    folder = sites.make_site(tmp_path, *(sites.file(f"cases/caso-{n}.md", base) for n in range(PER_PAGE + 5)))
    made = pages(folder)
    assert made["casos/"].html.count('class="kb-card ') == PER_PAGE
    assert made["casos/2/"].html.count('class="kb-card ') == 6
    assert 'href="../../casos/"' in made["casos/2/"].html or 'href="../"' in made["casos/2/"].html
    assert ("casos/2/", "cases/2/") in {(each.path, each.twin) for each in planned(folder)}


UNKNOWNS = "lo-que-no-sabemos/"
GAPS = (
    "unknowns:\n- {kind: open-question, text: No se vio quién paga., source: 1}\n"
    "- {kind: unverified, text: La fecha es deducida., source: 1}\n"
)
MINUTES = "content/minutes/2025-12-15-ejemplo.md"


def listed(html, anchor):
    """What the page of what is not known says in one of its sections: the count, and the section."""
    words = html.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0]
    return int(re.search(r'class="kb-n">(\d+)<', words)[1]), words


def test_what_is_not_known_is_counted(tmp_path):
    html = page(tmp_path, "what-we-do-not-know/", lang="en").html
    assert listed(html, "traduccion")[0] >= 3
    assert "../cases/mesa-ejemplo/" in listed(html, "traduccion")[1]


def test_what_a_record_does_not_know_is_on_its_page_and_gathered_by_kind(tmp_path):
    made = pages(sites.make_site(tmp_path, sites.fields(CASE, GAPS), sites.fields(MINUTES, GAPS)))
    for path in ("casos/agua/", "actas/2025-12-15-ejemplo/"):
        section = made[path].html.partition('<h2 id="ficha_sin-saber">')[2].partition("</section>")[0]
        assert '<li id="vacio_2">' in section
        assert "sin verificar" in section
        assert "La fecha es deducida." in section
        assert 'href="#fuente_1"' in section
    questions, facts = listed(made[UNKNOWNS].html, "preguntas"), listed(made[UNKNOWNS].html, "sin-verificar")
    assert (questions[0], facts[0]) == (2, 2)
    for path in ("casos/agua/", "actas/2025-12-15-ejemplo/"):
        assert f'<a href="../{path}#vacio_1">No se vio quién paga.</a>' in questions[1]
        assert f'<a href="../{path}#vacio_2">La fecha es deducida.</a>' in facts[1]
    assert "La fecha es deducida." not in questions[1]


def test_the_page_of_what_is_not_known_leads_to_each_of_its_parts(real):
    for site, path in ((real["es"], UNKNOWNS), (real["en"], "what-we-do-not-know/")):
        links = re.findall(r'<li><a href="#([\w-]+)"><strong>(\d+)</strong>', site[path].html)
        assert len(links) == len(site[path].toc) > 5
        for anchor, count in links:
            assert listed(site[path].html, anchor)[0] == int(count)


def test_every_entry_of_what_is_not_known_leads_to_an_anchor_that_is_there(real):
    for lang, path in (("es", UNKNOWNS), ("en", "what-we-do-not-know/")):
        targets = re.findall(r'href="\.\./([^"#]+)#([^"]+)"', real[lang][path].html)
        assert len(targets) > 100
        for target, anchor in targets:
            assert f'id="{anchor}"' in real[lang][target].html, (target, anchor)


def test_every_case_practice_and_meeting_says_what_is_not_known(real):
    for path, made in real["es"].items():
        if made.kind in ("case", "practice", "minutes"):
            assert 'id="vacio_1"' in made.html, path


def test_a_translation_carries_the_texts_of_what_is_not_known_and_no_more(tmp_path):
    texts = "unknowns: [{text: Who pays was not seen.}, {text: The date is deduced.}]\n"
    english = "---\ntitle: Water in the valley\nsummary: Three communities and a company measured the water together, from 2019.\n"
    body = BODY.format(text="Text").replace("Contexto", "Context").replace("Qué se hizo", "What was done")
    body = body.replace("Resultados", "Results").replace("Lecciones", "Lessons")
    translated = sites.file("cases/agua.en.md", f"{english}translation: machine\n{texts}{body}")
    folder = sites.make_site(tmp_path, sites.fields(CASE, GAPS), translated)
    assert "KB508" not in sites.codes(folder)
    made = pages(folder, "en")
    assert "unverified</span> The date is deduced." in made["cases/agua/"].html
    assert 'href="#fuente_1">1</a></sup></li>' in made["cases/agua/"].html
    assert '<a href="../cases/agua/#vacio_2">The date is deduced.</a>' in made["what-we-do-not-know/"].html
    sites.write(
        folder, "cases/agua.en.md", translated.text.replace("{text: Who", "{kind: unverified, text: Who").encode()
    )
    assert "KB508" in sites.codes(folder)


def test_a_source_that_is_not_there_is_told_at_its_place(tmp_path):
    folder = sites.make_site(tmp_path, sites.fields(CASE, GAPS.replace("source: 1}", "source: 7}", 1)))
    assert "KB311" in sites.codes(folder)


def test_agreements_whose_text_was_not_seen_are_told_apart_from_those_without_news(tmp_path):
    rest = "responsible: unknown, due: none"
    minutes = sites.fields(
        MINUTES,
        f"agreements: [{{n: 1, text: 'Compromiso 1: texto no visto.', unseen: yes, {rest}}}, "
        f"{{n: 2, text: Publicar la matriz., {rest}}}, "
        f"{{n: 3, text: Formar el comité., {rest}, updates: [{{date: 2026-01, status: limited}}]}}]\n",
    )
    html = page(tmp_path, UNKNOWNS, minutes).html
    assert [listed(html, anchor)[0] for anchor in ("texto-no-visto", "sin-noticias")] == [1, 1]
    assert "2025-12-15-ejemplo/#acuerdo_1" in listed(html, "texto-no-visto")[1]
    assert "2. Publicar la matriz." in listed(html, "sin-noticias")[1]
    assert "Formar el comité." not in html


def test_a_list_that_is_cut_says_how_much_is_left_and_where_it_is(tmp_path):
    from generator.pages.unknowns_page import LONGEST

    base = sites.changed(sites.record_class(CASE), GAPS)
    many = "".join(
        f"- {{n: {n}, text: Publicar la matriz {n}., responsible: unknown, due: none}}\n" for n in range(1, LONGEST + 4)
    )
    folder = sites.make_site(
        tmp_path,
        *(sites.file(f"cases/caso-{n}.md", base) for n in range(LONGEST + 2)),
        sites.fields(MINUTES, f"agreements:\n{many}"),
    )
    html = pages(folder)[UNKNOWNS].html
    count, words = listed(html, "preguntas")
    assert count == LONGEST + 2
    assert words.count("No se vio quién paga.") == LONGEST
    assert "Y 2 más" in words
    assert 'href="../casos/"' in words
    count, words = listed(html, "sin-noticias")
    assert count == LONGEST + 3
    assert words.count("Publicar la matriz") == LONGEST
    assert "Y 3 más" in words
    assert 'href="../acuerdos/"' in words


def test_figures_that_carry_a_reservation_are_counted_where_they_are_told(tmp_path):
    canon = sites.fields("content/pages/es/canon.md", "title: El canon minero\n---\n\nLa [tabla](../../data/x.csv).\n")
    columns = "year,measure,amount,currency,unit,source_title,source_url,note_es,note_en,verified"
    rows = (f"{year},canon-recibido-departamento,1,PEN,millions,Informe,https://example.org/,,,{verified}"
            for year, verified in ((2004, "no"), (2005, "yes")))  # fmt: skip
    figures = sites.file("content/data/x.csv", "\n".join((columns, *rows)) + "\n")
    folder = sites.make_site(tmp_path, canon, figures)
    facts = listed(pages(folder)[UNKNOWNS].html, "sin-verificar")[1]
    assert "1 de las 2 cifras" in facts
    assert '<a href="../canon/">El canon minero</a>' in facts
    assert "cifras de" not in page(tmp_path / "b", UNKNOWNS, figures).html
    own = sites.fields("content/pages/es/canon-cifras.md", "title: El canon en cifras\n")
    assert (
        '<a href="../canon-cifras/">El canon en cifras</a>' in page(tmp_path / "c", UNKNOWNS, canon, own, figures).html
    )


def test_years_stand_under_their_decade_the_newest_first(real):
    years = re.search(r'<section data-facet="year".*?</section>', real["es"]["explorar/"].html, re.DOTALL)[0]
    decades = re.findall(r"<summary>(\d{3})0–\d{3}9</summary>(.*?)</details>", years, re.DOTALL)
    assert [decade for decade, _ in decades] == sorted({decade for decade, _ in decades}, reverse=True)
    for decade, links in decades:
        found = re.findall(r'data-value="(\d+)"', links)
        assert {year[:3] for year in found} == {decade}
    assert years.count("data-value") == sum(address.startswith("periodos/") for address in real["es"])


def test_a_letter_of_the_glossary_leads_to_its_first_term(real):
    html = real["es"]["glosario/"].html
    terms = re.findall(r'<h2 id="([^"]+)-t">(.)', html)
    for anchor, letter in re.findall(r'<li><a href="#([^"]+)">(\w)</a></li>', html):
        assert anchor == next(term for term, first in terms if plain(first).upper() == letter)


def test_every_rule_has_its_page_in_both_languages(real):
    for lang, address in (("es", "reglas/"), ("en", "rules/")):
        for rule, shown in rule_pages():
            made = real[lang][f"{address}{rule.code.lower()}/"]
            assert rule.name in made.html
            assert shown.output.to(lang).splitlines()[0][:20] in unescape(made.html)
            assert f"{rule.code.lower()}/" in real[lang][address].html


@pytest.mark.parametrize(
    ("start", "target", "expected"),
    [
        ("", "", "./"),
        ("", "casos/", "casos/"),
        ("casos/", "", "../"),
        ("casos/agua/", "casos/", "../../casos/"),
        ("casos/agua/", "glosario/#canon", "../../glosario/#canon"),
        ("glosario/", "glosario/#canon", "#canon"),
        ("en/cases/x/", "casos/x/", "../../../casos/x/"),
    ],
)
def test_addresses_are_written_as_seen_from_the_page(start, target, expected):
    assert relative(start, target) == expected
