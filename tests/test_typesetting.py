"""What may not be parted by a line's end, and what is left as it was written."""

import pytest

from generator.pages.typesetting import typeset


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("S/ 650 millones", "S/\u00a0650\u00a0millones"),
        ("US$\n5,5 millones", "US$\u00a05,5\u00a0millones"),
        ("el 33,2 % del total", "el 33,2\u00a0% del total"),
        ("sesión N.º 005-2025", "sesión N.º\u00a0005-2025"),
        ("a 40\nkm del mar", "a 40\u00a0km del mar"),
        ("14 307 becas y S/ 711 596 409", "14\u202f307 becas y S/\u00a0711\u202f596\u202f409"),
        ("en 2019 200 personas", "en 2019 200 personas"),
        ("053-461 234 y 12 3456", "053-461 234 y 12 3456"),
        ("26 compromisos", "26 compromisos"),
        ("2 milagros", "2 milagros"),
    ],
)
def test_a_number_stays_with_its_sign(written, shown):
    assert typeset(f"<p>{written}</p>") == f"<p>{shown}</p>"


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
def test_the_number_of_a_source_stays_with_its_word(gap):
    cited = '<sup><a href="#fuente_1">1</a></sup>'
    assert typeset(f"<p>agua{gap}{cited}.</p>") == f"<p>agua{cited}.</p>"


def test_a_line_end_in_a_sentence_is_a_space_and_one_between_elements_stays():
    assert typeset("<p>uno\ndos</p>\n<p>tres</p>") == "<p>uno dos</p>\n<p>tres</p>"


def test_what_is_shown_as_it_was_written_stays_so():
    drawing = '<svg><path d="M9 100 119V167C45 167z"/></svg>'
    assert typeset(drawing) == drawing
    code = "<pre><code>amount: 5 %\nother: S/ 3</code></pre>"
    assert typeset(code) == code
