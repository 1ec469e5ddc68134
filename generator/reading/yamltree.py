"""A YAML text as a tree of nodes, without anything of YAML that an editor does not need."""

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Source, Span, Text
from generator.reading.characters import FORBIDDEN, FORBIDDEN_CHARACTER, MOST_REPORTED
from generator.reading.yamlsyntax import ALIAS, ANCHOR, MERGE, TAG, YAML_FEATURE, explain_syntax, quoted_at

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MAX_DEPTH = 6
_FEW = 200
"""So few signs of nesting cannot exhaust the composer, which calls itself for each level."""

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


def parse_yaml(source: Source, start: int, block: str) -> tuple[yaml.Node | None, list[Diagnostic]]:
    """The node tree of a YAML text that begins at an offset of its source.

    None where there is nothing in it, or where an error makes it useless.
    """
    try:
        refused = [*_too_deep(source, start, block)] or [
            *islice(_refused_features(source, start, block), MOST_REPORTED)
        ]
        if refused:
            return None, refused
        node = yaml.compose(block, Loader=_LOADER)
    except yaml.YAMLError as error:
        return None, [explain_syntax(source, start, block, error)]
    problems = list(_structure(source, start, node, depth=1)) if node else []
    useless = any(found.rule in (TOO_DEEP, NOT_A_MAPPING) for found in problems)
    return (None if useless else node), problems


def _too_deep(source: Source, start: int, block: str) -> Iterator[Diagnostic]:
    """Deep nesting, found without composing: the parser's events come one by one, whatever their depth."""
    if sum(block.count(sign) for sign in "[{-?:") < _FEW:
        return
    depth = 0
    for event in yaml.parse(block, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            yield _deep(start + _index(event.start_mark), source)
            return


def _refused_features(source: Source, start: int, block: str) -> Iterator[Diagnostic]:
    """Anchors, aliases and tags. Composed nodes no longer tell, events do; most blocks hold none of the three signs."""
    if not re.search(r"[&*!]", block):
        return
    for event in yaml.parse(block, Loader=_LOADER):
        place = start + _index(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            yield _refused(source, place, f"*{event.anchor}", ALIAS)
        elif isinstance(event, yaml.NodeEvent):
            if event.anchor:
                yield _refused(source, place, f"&{event.anchor}", ANCHOR)
            if getattr(event, "tag", None) is not None:
                shown = re.compile(r"\S*").match(source.text, place)
                yield _refused(source, place, shown[0] if shown else "!", TAG)


def _structure(source: Source, start: int, node: yaml.Node, depth: int) -> Iterator[Diagnostic]:
    if isinstance(node, yaml.ScalarNode):
        # An escape in quotes, "\e", writes what the file itself may not hold.
        if bad := FORBIDDEN.search(node.value):
            yield FORBIDDEN_CHARACTER.at(source, _span(start, node), character=f"U+{ord(bad[0]):04X}")
    elif depth > MAX_DEPTH:
        yield _deep(start + _index(node.start_mark), source)
    elif isinstance(node, yaml.MappingNode):
        yield from _keys(source, start, node)
        for _, value in node.value:
            yield from _structure(source, start, value, depth + 1)
    else:
        for item in node.value:
            yield from _structure(source, start, item, depth + 1)


def _keys(source: Source, start: int, node: yaml.MappingNode) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        place = _span(start, key)
        if not isinstance(key, yaml.ScalarNode):
            yield NOT_A_MAPPING.at(source, place)
        elif key.value in seen:
            yield DUPLICATE_KEY.at(source, place, field=key.value, line=source.position(seen[key.value]).line)
        elif key.value == "<<":
            yield _refused(source, place.start, "<<", MERGE)
        else:
            seen[key.value] = place.start
            yield from _structure(source, start, key, depth=1)


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
