"""The templates of the pages, each with the words of one language."""

import re
from collections.abc import Callable

import jinja2

from generator.base.text import LANGUAGES, Lang

_BOTH_LANGUAGES = re.compile(r'v\.say\(("[^"]*"), ("[^"]*")\)')


class _InOneLanguage(jinja2.PackageLoader):
    """Loads templates with the words of one language: the choice is made once, not at each page."""

    def __init__(self, lang: Lang) -> None:
        super().__init__("generator.pages")
        self._which = 1 if lang == "es" else 2

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool] | None]:
        source, path, is_current = super().get_source(environment, template)
        return _BOTH_LANGUAGES.sub(lambda found: found[self._which], source), path, is_current


ENVIRONMENTS = {
    lang: jinja2.Environment(
        loader=_InOneLanguage(lang),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for lang in LANGUAGES
}
