"""The web editor: a page of its own in each language, with a policy of its own, and the forms that it shows."""

from collections.abc import Iterator

import jinja2

from generator.base.text import LANGUAGES
from generator.editors.web import INTEGRITY, POLICY, SCRIPT, config
from generator.exports.export import Export, Exported, json_export
from generator.pages.page import editor_address, other, relative
from generator.pages.templating import ENVIRONMENTS


def export(exported: Exported) -> Iterator[Export]:
    for lang in LANGUAGES:
        folder, there = editor_address(lang), editor_address(other(lang))
        template: jinja2.Template = ENVIRONMENTS[lang].get_template("editor.html")
        page = template.render(
            lang=lang,
            policy=POLICY,
            script=SCRIPT,
            integrity=INTEGRITY,
            connected="yes" if exported.sign_in else "no",
            repo_url=exported.repo_url,
            twin=relative(folder, there),
            here=exported.site_url + folder,
            there=exported.site_url + there,
        )
        yield Export(f"{folder}index.html", page.encode())
        forms = config(exported.library, lang, exported.site_url, exported.repo_url, exported.sign_in)
        yield json_export(f"{folder}config.json", forms)
