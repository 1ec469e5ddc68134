"""Our styles and scripts go out without what only their authors read, and say the same."""

import re

import pytest
import sites

from generator.thinning import thinned

ASSETS = sorted((sites.ROOT / "overrides/assets").glob("kb*"))


def test_a_stylesheet_loses_its_comments_and_line_ends_and_keeps_each_blank_that_means_something():
    css = '/* Why */\n.a :has(b) > p {\n  margin: calc(1em + 2px) 0; /* how\n far */\n  content: "/" / "";\n}\n@media print { a { x: y; } }\n'
    assert thinned("kb.css", css) == (
        '.a :has(b) > p{margin: calc(1em + 2px) 0;content: "/" / ""}@media print{a{x: y}}'
    )


def test_a_script_loses_lines_of_comment_and_nothing_that_stands_beside_code():
    script = '// Why\nconst a = "https://b"; // how\n  // more\n  go(a);\n'
    assert thinned("kb.js", script) == 'const a = "https://b"; // how\ngo(a);\n'


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_no_string_of_ours_is_one_that_thinning_would_change(path):
    """A string over several lines, or with a comment or a brace in a stylesheet."""
    lines = path.read_text("utf-8").splitlines()
    for line in lines:
        code = re.sub(r"^\s*//.*|/\*.*", "", line)
        assert code.count("`") % 2 == 0, line
        if path.suffix == ".css":
            assert not re.search(r"[{};]", "".join(re.findall(r'"[^"]*"', code))), line


@pytest.mark.slow
def test_the_built_site_has_them_thin_and_nothing_of_the_theme(real_site):
    for path in ASSETS:
        built = real_site / "assets" / path.name
        assert built.read_text("utf-8") == thinned(path.name, path.read_text("utf-8"))
        assert len(built.read_bytes()) < path.stat().st_size
    assert {path.name for path in (real_site / "assets").iterdir()} == {
        path.name for path in (sites.ROOT / "overrides/assets").iterdir()
    }
