"""What a person wrote in a word processor as Markdown: what looks like Markdown, HTML or YAML in it stays text."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise

from generator.reading.characters import BULLETS
from generator.reading.word import Block, Paragraph, Picture, Run, Table

_SIGNS = re.compile(r"[\\`*~]|(?<!\w)_|_(?!\w)|\[(?!\d[\d,; y-]*\])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
"""Citations such as [1, 2] stay what they are."""
_AT_THE_START = re.compile(r"^(?=[#>|:=]|-(?! ))", re.MULTILINE)
_BULLET = re.compile(rf"^\\?[{BULLETS}–—-]\s+")
"""Before and after signs are escaped."""
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IN_ADDRESSES = str.maketrans({sign: f"%{ord(sign):02X}" for sign in " ()<>\\\"'`\n"})
_MOST_OF_A_CAPTION = 160

Shown = Callable[[Picture], str]
"""The address of a picture that was kept, empty for one that was not."""


def markdown(blocks: Iterable[Block], shown: Shown) -> str:
    """Paragraphs, lists, tables and pictures; a line that tells of the picture above is its alternative text too."""
    listed = [block for block in blocks if isinstance(block, Table) or block.text or block.pictures]
    pieces: list[str] = []
    for block, below in pairwise([*listed, None]):
        if isinstance(block, Table):
            pieces += ["", _table(block, shown)]
        elif block:
            caption = below.text if isinstance(below, Paragraph) and len(below.text) <= _MOST_OF_A_CAPTION else ""
            text, is_item = _paragraph(block, shown, caption)
            goes_on = is_item and pieces and _goes_on(pieces[-1], text)
            pieces += [*([] if goes_on else [""]), text] if text else []
    return "\n".join(pieces).strip("\n")


def _goes_on(above: str, item: str) -> bool:
    """Whether an item is of the list above it: of the same kind, or inside it."""
    found = re.match(r" *(-|1\.) ", above)
    return found is not None and item.startswith((" ", found[1]))


def _paragraph(paragraph: Paragraph, shown: Shown, caption: str) -> tuple[str, bool]:
    """Its Markdown, and whether it is an item of a list."""
    if paragraph.level:
        return f"{'#' * max(3, paragraph.level)} {_escaped(' '.join(paragraph.text.split()))}", False
    mark, text = paragraph.mark, "".join(_inline(paragraph.runs, shown, caption)).strip(" \n\\")
    if not mark and _BULLET.match(paragraph.text):
        mark, text = "-", _BULLET.sub("", text)
    text = "\\\n".join(line.strip() for line in _AT_THE_START.sub(r"\\", text).split("\n") if line.strip())
    if not mark or not text:
        return text, False
    indent = " " * 3 * paragraph.depth
    return f"{indent}{mark} " + text.replace("\n", f"\n{indent}   "), True


def _inline(runs: Iterable[Run], shown: Shown, caption: str) -> Iterator[str]:
    for (bold, italic, link, picture), same in groupby(runs, lambda it: (it.bold, it.italic, it.link, it.picture)):
        if picture:
            address = shown(picture)
            yield f"![{_escaped(picture.alt or caption)}]({address})" if address else ""
            continue
        text = "".join(run.text for run in same)
        inner = text.strip()
        if not inner:
            yield text
            continue
        before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
        marks = ("**" if bold else "") + ("*" if italic else "")
        made = f"{marks}{_escaped(inner)}{marks[::-1]}"
        if _ADDRESS.match(link):
            made = f"[{made}]({link.translate(_IN_ADDRESSES)})"
        yield f"{before}{made}{after}"


def _table(table: Table, shown: Shown) -> str:
    rows = [
        [" ".join(" ".join(_inline(it.runs, shown, "")) for it in cell).replace("|", r"\|").split() for cell in row]
        for row in table.rows
    ]
    columns = max(map(len, rows), default=0)
    lines = [[" ".join(words) for words in row] + [""] * (columns - len(row)) for row in rows if any(row)]
    return "\n".join(
        f"| {' | '.join(line)} |" for line in [*lines[:1], *([["---"] * columns] if lines else []), *lines[1:]]
    )


def _escaped(text: str) -> str:
    return _SIGNS.sub(lambda found: {"<": "&lt;", "&": "&amp;"}.get(found[0], f"\\{found[0]}"), text)
