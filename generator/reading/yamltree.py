"""A YAML text as a tree of nodes, without anything of YAML that an editor does not need."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import yaml

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Fact, Source, Span, Text
from generator.reading.characters import FORBIDDEN, FORBIDDEN_CHARACTER, MOST_REPORTED
from generator.reading.yamllines import quoted_at
from generator.reading.yamlsyntax import ALIAS, ANCHOR, ESCAPE, MERGE, TAG, YAML_FEATURE, explain_syntax


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Composes nodes and resolves nothing: to us all scalars are text, and tags are refused."""

    def resolve(self, _kind: type[yaml.Node], _value: object, _implicit: object) -> None:
        return None

    def descend_resolver(self, _node: object, _index: object) -> None:
        return None

    def ascend_resolver(self) -> None:
        return None


MAX_DEPTH = 6
MAX_VALUES = 10_000
"""Names of fields, texts, lists and groups in one YAML text: nine times what the longest record holds. Some of what is
said about a value takes time that grows with the number of all.
"""
Value = str | list["Value"] | dict[str, "Value"] | None
_BEFORE_A_SIGN = " \t\n[{,:"
"""What stands before an anchor, an alias or a tag; a colon too: {"a":*b}."""
_FEW = 100
_INDENT = " " * _FEW
_COMMENT = re.compile(r" (#.*)")
_BY_NUMBER = re.compile(r"(?<!\\)(?:\\\\)*(\\(?:[/_\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))")
_WRITE_IT = Text("escriba la letra o el signo mismo", "write the letter or sign itself")
_RUN = re.compile(rf"(?:[-?:][ \t]+){{{_FEW}}}")
"""Fewer signs of nesting than this cannot exhaust the composer, which calls itself for each level."""

NOT_A_MAPPING = Rule(
    "KB204",
    "not-a-list-of-fields",
    Severity.ERROR,
    Text("el bloque inicial no es una lista de campos", "the initial block is not a list of fields"),
    Text(
        "cada línea es «campo: valor», por ejemplo «title: Agua»", "each line is “field: value”, such as “title: Water”"
    ),
)
DUPLICATE_KEY = Rule(
    "KB205",
    "duplicate-field",
    Severity.ERROR,
    Text(
        "el campo «{field}» está dos veces (la primera, en la línea {line})",
        "field “{field}” stands twice (first on line {line})",
    ),
    Text("deje uno solo; si son varios valores, use una lista", "keep one; for several values use a list"),
)
TOO_DEEP = Rule(
    "KB207",
    "nesting-too-deep",
    Severity.ERROR,
    Text("hay más de {limit} niveles, uno dentro de otro", "there are more than {limit} levels, one inside another"),
    Text(
        "revise la sangría y los corchetes: ningún campo es tan hondo",
        "check indentation and brackets: no field is that deep",
    ),
)
TEXT_AFTER_HASH = Rule(
    "KB216",
    "text-after-hash",
    Severity.WARNING,
    Text(
        "lo que sigue a «#» no se lee: para YAML es un comentario", "what follows “#” is not read: to YAML, a comment"
    ),
    Text(
        "si es parte del texto, póngalo entre comillas: {quoted}; si es un comentario, deje dos espacios antes",
        "if it is part of the text, put it in quotes: {quoted}; if it is a comment, leave two spaces before it",
    ),
)
TOO_MANY_VALUES = Rule(
    "KB209",
    "too-many-values",
    Severity.ERROR,
    Text("hay más de {limit} valores en este bloque", "there are more than {limit} values in this block"),
    Text(
        "divida la ficha en varias, o pase los datos a una tabla de «content/data/»",
        "split the record into several, or move the data to a table in “content/data/”",
    ),
)


def parse_yaml(source: Source, start: int, block: str) -> tuple[yaml.Node | None, Value, list[Diagnostic]]:
    """The node tree of a YAML text that begins at an offset of its source, and its plain values.

    None where there is nothing in it, or where an error makes it useless.
    """
    try:
        refused = [*_too_deep(source, start, block)] or [
            *islice(_refused_features(source, start, block), MOST_REPORTED)
        ]
        if refused:
            return None, None, refused
        node = yaml.compose(block, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, None, [explain_syntax(source, start, block, error)]
    if node is None:
        return None, None, []
    tree = _Tree(source, start, has_comments=_COMMENT.search(block) is not None, may_be_full=_may_be_full(block))
    values = tree.plain(node, depth=1)
    refused = [found for found in tree.problems if found.rule is TOO_MANY_VALUES]
    useless = any(found.rule in (TOO_DEEP, NOT_A_MAPPING) for found in tree.problems)
    return (None if refused or useless else node), values, refused or tree.problems


@lru_cache(maxsize=16)
def compose(source: Source, block: Span) -> yaml.Node:
    """The nodes of a part of a text that was parsed before and found good."""
    node = yaml.compose(source.text[block.start : block.end], Loader=_Loader)
    assert node is not None  # noqa: S101
    return node


def _too_deep(source: Source, start: int, block: str) -> Iterator[Diagnostic]:
    """Deep nesting, found without composing: the parser's events come one by one, whatever their depth."""
    is_flat = block.count("[") + block.count("{") < _FEW and _INDENT not in block
    if is_flat and not any(_holds_a_run(line) for line in block.split("\n") if len(line) >= 2 * _FEW):
        return
    depth = 0
    for event in yaml.parse(block, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            yield _deep(start + _index(event.start_mark), source)
            return


def _holds_a_run(line: str) -> bool:
    """Whether signs of nesting follow each other. To count them first is ten times as fast as the pattern."""
    return sum(map(line.count, "-?:")) >= _FEW and _RUN.search(line) is not None


def _refused_features(source: Source, start: int, block: str) -> Iterator[Diagnostic]:
    """Anchors, aliases and tags. Composed nodes no longer tell, events do; most blocks hold none of the three signs."""
    signs = (found.start() for found in re.finditer(r"[&*!]", block))
    if not any(place == 0 or block[place - 1] in _BEFORE_A_SIGN for place in signs):
        return
    for event in yaml.parse(block, Loader=_Loader):
        place = start + _index(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            yield _refused(source, place, f"*{event.anchor}", ALIAS)
        elif isinstance(event, yaml.NodeEvent):
            if event.anchor:
                yield _refused(source, place, f"&{event.anchor}", ANCHOR)
            if getattr(event, "tag", None) is not None:
                shown = re.compile(r"\S*").match(source.text, place)
                yield _refused(source, place, shown[0] if shown else "!", TAG)


class _Tree:
    """Turns nodes into plain values and says what is wrong with them, in one walk."""

    def __init__(self, source: Source, start: int, *, has_comments: bool, may_be_full: bool) -> None:
        self._source = source
        self._start = start
        self._has_comments = has_comments
        self._may_be_full = may_be_full
        self._values = 0
        self.problems: list[Diagnostic] = []

    def plain(self, node: yaml.Node, depth: int) -> Value:
        """Text, lists, mappings. A field left empty is absent, an entry left empty is an empty group."""
        if self._may_be_full and self._is_full(node):
            return None
        if isinstance(node, yaml.ScalarNode):
            if node.style == '"':
                self._escapes(node)
            if self._has_comments and not node.style:
                self._comment_after(node)
            text: str = node.value
            return text.strip() or None
        if depth > MAX_DEPTH:
            self.problems.append(_deep(self._start + _index(node.start_mark), self._source))
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        return [{} if (value := self.plain(item, depth + 1)) is None else value for item in node.value]

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        seen: dict[str, yaml.Node] = {}
        for key, inner in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._say(NOT_A_MAPPING, key)
                continue
            if key.style == '"':
                self.plain(key, depth)
            if self._may_be_full and self._is_full(key):
                break
            if key.value in seen:
                first = self._source.position(_span(self._start, seen[key.value]).start)
                self._say(DUPLICATE_KEY, key, field=key.value, line=first.line)
                continue
            if key.value == "<<":
                self.problems.append(_refused(self._source, _span(self._start, key).start, "<<", MERGE))
            seen[key.value] = key
            value = self.plain(inner, depth + 1)
            if value is not None:
                values[key.value] = value
        return values

    def _escapes(self, node: yaml.ScalarNode) -> None:
        r"""An escape in quotes, "\e", writes what the file itself may not hold; one that says a sign in code,
        "\x30", hides it from whoever reads the file.
        """
        if bad := FORBIDDEN.search(node.value):
            self._say(FORBIDDEN_CHARACTER, node, character=f"U+{ord(bad[0]):04X}")
            return
        span = _span(self._start, node)
        if hidden := _BY_NUMBER.search(self._source.text, span.start, span.end):
            place, found = Span(*hidden.span(1)), hidden[1]
            refused = YAML_FEATURE.at(self._source, place, hint=_WRITE_IT, found=found, feature=ESCAPE, quoted="")
            self.problems.append(refused)

    def _comment_after(self, node: yaml.ScalarNode) -> None:
        """A text without quotes ends where a comment begins, and nobody who writes «Ley # 29733» knows. Who means a
        comment leaves two spaces before it, as editors of code do.
        """
        text, span = self._source.text, _span(self._start, node)
        if found := _COMMENT.match(text, span.end):
            place = span.start if node.value else found.start(1)
            quoted = quoted_at(self._source, place, text[place : found.end()])
            self.problems.append(TEXT_AFTER_HASH.at(self._source, Span(*found.span(1)), quoted=quoted))

    def _is_full(self, node: yaml.Node) -> bool:
        self._values += 1
        if self._values == MAX_VALUES + 1:
            self._say(TOO_MANY_VALUES, node, limit=MAX_VALUES)
        return self._values > MAX_VALUES

    def _say(self, rule: Rule, node: yaml.Node, **facts: Fact) -> None:
        self.problems.append(rule.at(self._source, _span(self._start, node), hint=None, fix=(), **facts))


def _may_be_full(block: str) -> bool:
    """Whether its signs are enough for too many values: one of these begins each, but what a field without any has."""
    return 2 * sum(map(block.count, "\n[{,:-?")) >= MAX_VALUES


def _refused(source: Source, place: int, found: str, feature: Text) -> Diagnostic:
    quoted = quoted_at(source, place, found)
    return YAML_FEATURE.at(source, Span(place, place + len(found)), found=found, feature=feature, quoted=quoted)


def _deep(place: int, source: Source) -> Diagnostic:
    return TOO_DEEP.at(source, Span(place, place + 1), limit=MAX_DEPTH)


def _span(start: int, node: yaml.Node) -> Span:
    return Span(start + _index(node.start_mark), start + _index(node.end_mark))


def _index(mark: object) -> int:
    """Where a mark stands in the text; the parser gives one to everything it reads."""
    index: int = getattr(mark, "index", 0)
    return index
