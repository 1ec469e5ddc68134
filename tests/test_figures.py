"""Tables of data and the figures drawn from them: nothing is joined that is not the same, nothing is left out."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
import sites
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.base.text import Source
from generator.checking import Checker
from generator.editing.mending import mend
from generator.exports.tables import tables
from generator.library.editions import select
from generator.model.data import Chart, read_figure, read_points
from generator.pages.plan import plan
from generator.pages.view import Site
from generator.reading.tables import harmless, read_table

HEADER = "year,measure,amount,currency,unit,source_title,source_url,note_es,note_en,verified"
ROW = "2008,canon-recibido-departamento,211.4,PEN,millions,Informe,https://example.org/informe,,,yes"
TABLE, FIGURE, HOME = "content/data/canon.csv", "content/data/canon-recibido.yml", "content/pages/es/canon.md"
QUOTED = '"Informe, 2008"'
FIELDS = "title: El canon\nsummary: Esta página cuenta cuánto canon llegó a Moquegua en los últimos veinte años.\n"


def library_of(folder):
    checked = Checker(folder).check()
    assert checked.report.diagnostics == ()
    return select(checked.assembly, checked.assets, "public")


def html_of(folder, path="canon/", lang="es"):
    site = Site(library_of(folder), lang, date(2026, 11, 23))
    return next(planned.make() for planned in plan(site, ()) if planned.path == path).html


def with_figure(
    *rows, figure="plotted: [canon-recibido-departamento]\n", text="![Recibido](../../data/canon-recibido.yml)\n"
):
    return (
        sites.file(TABLE, "\n".join((HEADER, *rows)) + "\n"),
        sites.file(FIGURE, figure),
        sites.file(HOME, f"---\n{FIELDS}---\n\nVea:\n\n{text}"),
    )


def drawings(html):
    return re.findall(r'<svg class="kb-plot".*?</svg>\s*</div>', html, re.DOTALL)


@pytest.fixture(scope="module")
def real():
    return library_of(sites.ROOT)


@pytest.fixture(scope="module")
def real_html():
    paths = {"es": ("canon/", "canon-cifras/"), "en": ("canon/", "canon-figures/")}
    return {lang: "".join(html_of(sites.ROOT, path, lang) for path in found) for lang, found in paths.items()}


def test_every_figure_is_named_and_described_and_told_in_a_table(real_html):
    for html in real_html.values():
        figures = re.findall(r'<figure class="kb-figure".*?</figure>', html, re.DOTALL)
        assert len(figures) == 10
        for figure in figures:
            assert "<table" in figure
            assert figure.count('role="img"') == len(re.findall(r'<title id="([^"]+_t)">[^<]+</title>', figure))
            assert figure.count('role="img"') == len(re.findall(r'<desc id="([^"]+_d)">[^<]+</desc>', figure))
            for named in re.findall(r'aria-labelledby="([^"]+)"', figure):
                assert all(f'id="{part}"' in figure for part in named.split())
        assert "style=" not in html


def test_all_rows_of_the_real_tables_are_told_once_in_both_languages(real, real_html):
    points = [point for table in real.data.tables.values() for point in table.points]
    assert len(points) == 102
    for lang, html in real_html.items():
        assert html.count('</td><td class="kb-amount">') == len(points)
        notes = sorted(point.note.to(lang) for point in points if point.note.to(lang))
        cells = [
            unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td>(<a href=\"#fuente_.*?)</td>", html)
        ]
        assert (
            sorted(
                note
                for cell in cells
                for note in [re.sub(r"^\[\d+\] ?(?:Con reserva\.|With a caveat\.)? ?", "", cell)]
                if note
            )
            == notes
        )
        assert sum("reserva." in cell or "caveat." in cell for cell in cells) >= sum(
            not point.verified for point in points
        )


def test_every_source_of_a_figure_is_one_of_its_page(real, real_html):
    for html in real_html.values():
        assert not re.search(r'<td><a href="https?:', html)


def test_each_measure_stands_in_one_figure(real):
    charts = [figure for figure in real.data.figures.values() if isinstance(figure, Chart)]
    named = [measure for chart in charts for measure in (*chart.plotted, *chart.listed)]
    assert sorted(named) == sorted(real.vocabularies["measures"].terms)


def test_two_measures_never_share_a_drawing_and_nothing_joins_points(real, real_html):
    for lang, html in real_html.items():
        titles = [re.search(r"<title[^>]*>([^<]+)", drawing)[1] for drawing in drawings(html)]
        labels = {unescape(title) for title in titles}
        assert len(titles) == len(labels) == len(drawings(html)) > 20
        assert labels <= {term.label.to(lang) for term in real.vocabularies["measures"].terms.values()}
        for drawing in drawings(html):
            assert not re.search(r"<(?:line|polyline|polygon)\b", drawing)
            assert set(re.findall(r'<path d="([^"]+)"', drawing)) <= {"M0-6 6 0 0 6-6 0Z"}


def test_a_bar_is_as_long_as_its_amount_on_the_scale_of_all_panels(tmp_path):
    rows = [
        ROW.replace("2008", "2004").replace("211.4", "100"),
        ROW.replace("211.4", "50"),
        ROW.replace("-departamento", "-departamento-tacna").replace("211.4", "200"),
    ]
    chart = "plotted: [canon-recibido-departamento, canon-recibido-departamento-tacna]\n"
    html = html_of(sites.make_site(tmp_path, *with_figure(*rows, figure=chart)))
    assert re.findall(r'<rect[^>]* width="([\d.]+)%"', html) == ["31.0", "15.5", "62.0"]


def test_years_of_which_nothing_was_seen_are_a_gap_in_words(tmp_path):
    html = html_of(sites.make_site(tmp_path, *with_figure(ROW.replace("2008", "2004"), ROW)))
    assert "2005–2007: sin dato visto" in html
    assert html.count("<rect") == 2


def test_two_sources_of_one_year_are_both_shown(tmp_path):
    html = html_of(sites.make_site(tmp_path, *with_figure(ROW, ROW.replace("211.4", "185"))))
    assert html.count("<rect") == 2
    assert "sin dato visto" not in html


def test_a_figure_with_a_reservation_has_another_shape_and_says_so(tmp_path):
    html = html_of(
        sites.make_site(
            tmp_path, *with_figure(ROW, ROW.replace("2008", "2009").replace(",,,yes", ",Año deducido.,,no"))
        )
    )
    assert html.count('class="kb-sure"') == html.count('class="kb-unsure"') == 1
    assert html.count("M0-6 6 0 0 6-6 0Z") == 1
    assert "2009: 211,4 (con reserva)" in html
    assert "<strong>Con reserva.</strong> Año deducido." in html


def test_a_band_is_as_thick_as_its_share_and_an_inner_one_leaves_the_one_before(real_html):
    for html in real_html.values():
        flow = re.search(r'<svg class="kb-flow".*?</desc>(.*?)<div', html, re.DOTALL)[1]
        thick = [
            round(float(found[2]) - float(found[1]), 1)
            for found in re.finditer(r"M0 [\d.]+C55 [\d.]+ 45 ([\d.]+) 100 [\d.]+V([\d.]+)C", flow)
        ]
        assert thick == [12, 30, 48, 30, 6]


def test_the_public_table_holds_what_the_repository_holds(real):
    path, kept = "content/data/canon-moquegua.csv", (sites.ROOT / "content/data/canon-moquegua.csv").read_text("utf-8")
    assert path in real.data.tables
    for lang, address in (("es", "datos/canon-moquegua.csv"), ("en", "data/canon-moquegua.csv")):
        published = tables(real, lang)[address].decode("utf-8-sig")
        assert list(csv.reader(io.StringIO(published))) == list(csv.reader(io.StringIO(kept)))


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd|x", "@ref", "\tx", "\rx"])
def test_a_cell_that_would_run_is_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-17.5", "+3", "2008", "a=b", "", "12 %"])
def test_numbers_and_words_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_a_table_is_linked_by_its_place_in_the_repository(tmp_path):
    folder = sites.make_site(tmp_path, *with_figure(ROW, text="Baje la [tabla](../../data/canon.csv).\n"))
    assert 'href="../datos/canon.csv"' in html_of(folder)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("![Canon](../../data/canon-recibida.yml)", "¿quiso decir «../../data/canon-recibido.yml»?"),
        ("[Canon](../../data/canon-recibido.yml)", "una figura no se enlaza, se muestra"),
        ("![Canon](../../data/canon.csv)", "una tabla no se muestra, se enlaza"),
        ("![](../../data/canon-recibido.yml)", "no tiene texto alternativo"),
    ],
)
def test_a_figure_that_cannot_be_shown_is_said_at_its_line(tmp_path, text, said):
    printed = sites.findings(sites.make_site(tmp_path, *with_figure(ROW, text=f"{text}\n")))
    assert said in printed
    assert f"{HOME}:8:1" in printed


@pytest.mark.parametrize(
    ("cell", "better", "code", "column"),
    [
        ("canon-recibido-departamento", "canon-recibido-departamentos", "KB401", 6),
        ("211.4", "211,4 millones", "KB340", 1),
        ("211.4", "mucho", "KB309", 34),
        ("https://example.org/informe", "ejemplo", "KB308", 61),
        ("millions", "millones", "KB310", 44),
        (",,,yes", ",,,quizás", "KB310", 91),
    ],
)
def test_a_broken_row_is_said_at_its_cell(tmp_path, cell, better, code, column):
    folder = sites.make_site(tmp_path, *with_figure(ROW.replace("2008", "2007"), ROW.replace(cell, better, 1)))
    assert sites.codes(folder) == [code]
    assert f"{TABLE}:3:{column}" in sites.findings(folder)


@pytest.mark.parametrize(
    ("sign", "before"), [(";", ""), ("\t", ""), (";", "sep=;\n"), (",", "sep=,\n"), (";", "\ufeff")]
)
def test_a_table_as_a_spreadsheet_in_spanish_saves_it_is_mended(tmp_path, sign, before):
    row = [
        "2008",
        "canon-recibido-departamento",
        "211,4",
        "PEN",
        "millions",
        "Informe, 2008",
        "https://a.org",
        "",
        "",
        "yes",
    ]
    made = io.StringIO()
    csv.writer(made, delimiter=sign).writerows([HEADER.split(","), row])
    folder = sites.make_site(tmp_path)
    sites.write(folder, TABLE, (before + made.getvalue()).encode())
    found = next(found for found in Checker(folder).check().report.diagnostics if found.rule.code == "KB341")
    assert "delimitado por comas" in found.hint("es")
    changes, checked = mend(Checker(folder))
    assert checked.report.diagnostics == ()
    assert (
        changes.after[TABLE].decode()
        == f"{HEADER}\n{','.join(row).replace('211,4', '211.4').replace('Informe, 2008', QUOTED)}\n"
    )


def test_a_cell_that_is_a_whole_book_is_no_table(tmp_path):
    folder = sites.make_site(tmp_path, sites.file(TABLE, f'{HEADER.replace(",", ";")}\n"{"x" * 200_000}"\n'))
    assert [found.rule.code for found in Checker(folder).check().report.diagnostics] == ["KB341"]


def test_an_empty_figure_is_said_in_its_own_file(tmp_path):
    told = sites.check(tmp_path, [sites.file(FIGURE, "# nada\n")])
    assert f"KB204]: el bloque inicial no es una lista de campos\n --> {FIGURE}" in told


def test_a_figure_of_an_unknown_measure_is_said_at_its_place(tmp_path):
    printed = sites.findings(
        sites.make_site(tmp_path, *with_figure(ROW, figure="plotted:\n  - canon-recibido-departamemto\n"))
    )
    assert printed.startswith("error[KB401]")
    assert f"{FIGURE}:2:5" in printed
    assert "canon-recibido-departamento" in printed
    assert "KB703" not in printed, "the page is not to blame"


def test_a_mark_of_ours_that_somebody_wrote_by_hand_draws_nothing(tmp_path):
    html = html_of(sites.make_site(tmp_path, *with_figure(ROW, text='<p><img src="#figura_nada" alt="x"></p>\n')))
    assert "figura_nada" not in html


CELL = st.text(alphabet="ab,\"\n áñ'=-1", max_size=6).map(str.strip)


@settings(max_examples=200, deadline=None)
@given(lines=st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_table_reads_as_the_standard_library_reads_it(lines):
    lines = [["a", "b"], *lines]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    header, rows, problems = read_table(Source("t.csv", text.getvalue()))
    assert not problems
    read = [tuple(row.values.get(name, "") for name in header) for row in rows]
    assert read == [tuple(line) for line in lines[1:] if any(line)]


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet='a,"\n:- {}[]\u00e1', max_size=60))
def test_whatever_a_table_or_a_figure_holds_every_problem_lies_inside_it(text):
    vocabularies = {}
    for whole in (f"{HEADER}\n{text}", text):
        table, found = read_points(Source("t.csv", whole), vocabularies)
        _, said = read_figure(Source("f.yml", whole), vocabularies)
        assert all(isinstance(point.amount, Decimal) for point in table.points)
        for problem in (*found, *said):
            assert 0 <= problem.span.start <= problem.span.end <= len(whole)
