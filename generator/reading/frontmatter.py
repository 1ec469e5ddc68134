"""Splits a text into its initial block and its body; every value of the block knows its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Source, Span, Text
from generator.reading.yamlsyntax import explain_syntax

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Value = str | list["Value"] | dict[str, "Value"] | None
Location = Sequence[str | int]
MAX_DEPTH = 6

NO_BLOCK = Rule(
    "KB201",
    "no-initial-block",
    Severity.ERROR,
    Text("falta el bloque inicial", "the initial block is missing"),
    Text(
        "la primera línea debe ser «---»; debajo van los campos y otra línea «---»",
        "the first line must be “---”; below it the fields, then another line “---”",
    ),
)
UNCLOSED_BLOCK = Rule(
    "KB202",
    "unclosed-initial-block",
    Severity.ERROR,
    Text("el bloque inicial no se cierra", "the initial block is not closed"),
    Text("ponga una línea «---» después del último campo", "put a line “---” after the last field"),
)
EMPTY_BLOCK = Rule(
    "KB203",
    "empty-initial-block",
    Severity.ERROR,
    Text("el bloque inicial está vacío", "the initial block is empty"),
    Text("escriba al menos «title: …» y «summary: …»", "write at least “title: …” and “summary: …”"),
)
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
YAML_FEATURE = Rule(
    "KB206",
    "yaml-feature-refused",
    Severity.ERROR,
    Text("«{found}» es {feature} de YAML y aquí no se usa", "“{found}” is {feature} of YAML, which is not used here"),
    Text(
        'si es parte del texto, póngalo entre comillas: "{found}"',
        'if it is part of the text, put it in quotes: "{found}"',
    ),
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

_ANCHOR = Text("un ancla", "an anchor")
_ALIAS = Text("una referencia", "an alias")
_TAG = Text("una etiqueta de tipo", "a tag")
_MERGE = Text("una clave de fusión", "a merge key")


@dataclass(frozen=True, slots=True)
class Document:
    """A text whose initial block is a mapping without duplicate keys, anchors, tags or merges; all scalars are text."""

    source: Source
    meta: yaml.MappingNode
    meta_start: int
    values: dict[str, Value]
    body: Span

    @property
    def text(self) -> str:
        """The body."""
        return self.source.text[self.body.start : self.body.end]

    def at(self, location: Location) -> Span:
        """The place of the value at a location; of its nearest ancestor where there is none (line 1 for a missing field)."""
        node: yaml.Node = self.meta
        for step in location:
            below = _child(node, step)
            if below is None:
                break
            node = below
        return self._span(node)

    def key(self, location: Location) -> Span:
        """The place of the name of the field at a location."""
        node: yaml.Node = self.meta
        for step in location[:-1]:
            node = _child(node, step) or node
        if isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                if key.value == location[-1]:
                    return self._span(key)
        return self._span(node)

    def _span(self, node: yaml.Node) -> Span:
        if node is self.meta:
            return Span(0, 3)
        start, end = node.start_mark.index + self.meta_start, node.end_mark.index + self.meta_start
        # A block's end mark is where the next token begins: give back the white space between.
        return Span(start, start + len(self.source.text[start:end].rstrip()))


def read_document(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """The document in a text, or the reasons why there is none."""
    text = source.text
    boundaries = list(_boundaries(text))
    if not boundaries or text[: boundaries[0].start()].strip():
        return None, [NO_BLOCK.at(source, Span(0, len(source.line(1))))]
    if len(boundaries) == 1:
        return None, [UNCLOSED_BLOCK.at(source, Span(*boundaries[0].span()))]
    start, end = boundaries[0].end(), boundaries[1].start()
    block = text[start:end]
    if not block.strip():
        return None, [EMPTY_BLOCK.at(source, Span(boundaries[0].start(), boundaries[0].start() + 3))]
    node, problems = parse_yaml(source, start, block)
    if node is None:
        return None, problems
    if not isinstance(node, yaml.MappingNode):
        return None, [NOT_A_MAPPING.at(source, Span(start + node.start_mark.index, start + node.end_mark.index))]
    values = _plain(node)
    assert isinstance(values, dict)  # noqa: S101
    return Document(source, node, start, values, Span(boundaries[1].end(), len(text))), problems


def parse_yaml(source: Source, start: int, block: str) -> tuple[yaml.Node | None, list[Diagnostic]]:
    """The node tree of a YAML text that begins at an offset of its source; None where an error makes it useless."""
    try:
        node = yaml.compose(block, Loader=_LOADER)
    except yaml.YAMLError as error:
        return None, [explain_syntax(source, start, block, error)]
    if node is None:
        return None, [EMPTY_BLOCK.at(source, Span(0, 0))]
    refused = list(_refused_features(source, start, block))
    if refused:
        return None, refused
    problems = list(_structure(source, start, node, depth=1))
    return (None if any(found.rule is TOO_DEEP for found in problems) else node), problems


def _boundaries(text: str) -> Iterator[re.Match[str]]:
    for number, found in enumerate(YAMLHandler.FM_BOUNDARY.finditer(text)):
        if number == 2:
            return
        yield found


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None


def _plain(node: yaml.Node) -> Value:
    """The node as plain values: text, lists, mappings; an empty value is None; the first of two equal keys counts."""
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Value] = {}
        for key, value in node.value:
            values.setdefault(str(key.value), _plain(value))
        return values
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    text: str = node.value
    return text.strip() or None


def _structure(source: Source, start: int, node: yaml.Node, depth: int) -> Iterator[Diagnostic]:
    if depth > MAX_DEPTH:
        place = start + node.start_mark.index
        yield TOO_DEEP.at(source, Span(place, place + 1), limit=MAX_DEPTH)
        return
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
                yield from _structure(source, start, item, depth + 1)
        return
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        place = Span(start + key.start_mark.index, start + key.end_mark.index)
        if not isinstance(key, yaml.ScalarNode):
            yield NOT_A_MAPPING.at(source, place)
        elif key.value in seen:
            yield DUPLICATE_KEY.at(source, place, field=key.value, line=source.position(seen[key.value]).line)
        elif key.value == "<<":
            yield YAML_FEATURE.at(source, place, found="<<", feature=_MERGE)
        else:
            seen[key.value] = place.start
        if not isinstance(value, yaml.ScalarNode):
            yield from _structure(source, start, value, depth + 1)


def _refused_features(source: Source, start: int, block: str) -> Iterator[Diagnostic]:
    """Anchors, aliases and tags. Composed nodes no longer tell, events do; most blocks hold none of the three signs."""
    if not re.search(r"[&*!]", block):
        return
    for event in yaml.parse(block, Loader=_LOADER):
        place = start + event.start_mark.index
        if isinstance(event, yaml.AliasEvent):
            yield YAML_FEATURE.at(
                source, Span(place, place + len(event.anchor) + 1), found=f"*{event.anchor}", feature=_ALIAS
            )
        elif isinstance(event, yaml.NodeEvent):
            if event.anchor:
                yield YAML_FEATURE.at(
                    source, Span(place, place + len(event.anchor) + 1), found=f"&{event.anchor}", feature=_ANCHOR
                )
            tag = getattr(event, "tag", None)
            if tag is not None:
                shown = source.text[place:].split(maxsplit=1)[0]
                yield YAML_FEATURE.at(source, Span(place, place + len(shown)), found=shown, feature=_TAG)
