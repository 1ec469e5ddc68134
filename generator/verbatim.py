"""A short way through MkDocs for pages that are HTML already."""

from typing import Any

from mkdocs.plugins import BasePlugin


class Verbatim(BasePlugin):  # type: ignore[type-arg, no-untyped-call]  # it has no options
    """Takes a staged page past Python-Markdown, which reads its HTML twice, letter by letter, and changes nothing.

    Nothing but time depends on it (docs/decisions/0016): MkDocs alone makes the same bytes, and a test holds that.
    """

    _staged = ""

    def on_page_markdown(self, markdown: str, **_: Any) -> str:
        self._staged = markdown.strip()
        return ""

    def on_page_content(self, _empty: str, **_: Any) -> str:
        return self._staged
