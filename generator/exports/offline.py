"""The service worker of the public site, at its root; the members' edition has none, so that it keeps nothing."""

import json
from collections.abc import Iterator

from generator.base.text import LANGUAGES
from generator.exports.export import Export, Exported
from generator.pages.page import LISTS, ROOT


def export(exported: Exported) -> Iterator[Export]:
    """What the work needs to know of this site; the work itself is overrides/assets/kb-sw.js."""
    if exported.edition != "public":
        return
    away = [ROOT[lang] + LISTS["saved"].to(lang) for lang in LANGUAGES]
    knows = json.dumps({"version": exported.version, "away": away})
    script = f'self.kb = {knows};\nimportScripts("assets/kb-sw.js?v={exported.version}");\n'
    yield Export("sw.js", script.encode())
