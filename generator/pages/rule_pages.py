"""The rules as pages: what each one asks for, why, and an example of each kind."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from generator.base.diagnostics import Rule
from generator.base.rulepage import RulePage
from generator.base.text import Lang, Text
from generator.pages.page import LISTS, Page
from generator.pages.view import Site, View, fixed_page
from generator.reading.markdown import Body

FAMILIES = {
    "1": Text("Archivo", "File"),
    "2": Text("Bloque inicial", "Initial block"),
    "3": Text("Campos", "Fields"),
    "4": Text("Vocabularios", "Vocabularies"),
    "5": Text("Identidad y referencias", "Identity and references"),
    "6": Text("Cuerpo", "Body"),
    "7": Text("Enlaces e imágenes", "Links and media"),
    "8": Text("Personas y privacidad", "People and privacy"),
    "9": Text("Nosotros", "Ourselves"),
}
SEVERITIES = {
    "error": Text("error: no se publica", "error: not published"),
    "warning": Text("aviso: se publica con la advertencia", "warning: published with the caution"),
    "note": Text("nota: es una invitación", "note: an invitation"),
}

Rules = Sequence[tuple[Rule, RulePage]]


def rule_address(rule: Rule, lang: Lang) -> str:
    return f"{LISTS['rules'].to(lang)}{rule.code.lower()}/"


def _said(rule: Rule, page: RulePage, lang: Lang) -> str:
    """What the rule says of its own bad example."""
    found = re.search(rf"\[{rule.code}\]: (.*)", page.output.to(lang))
    words = found[1] if found else rule.name
    return words[:1].upper() + words[1:]


def rules_page(site: Site, rules: Rules) -> Page:
    families = [
        (words.to(site.lang), [rule for rule, _ in rules if rule.code[2] == digit]) for digit, words in FAMILIES.items()
    ]
    return fixed_page(
        site,
        "rules",
        Text("Reglas de las fichas", "Rules for records"),
        Text(
            "Qué se comprueba en cada ficha antes de publicarla, por qué, y qué escribir en cada caso.",
            "What is checked in each record before it is published, why, and what to type in each case.",
        ),
        said={rule.code: _said(rule, page, site.lang) for rule, page in rules},
        families=[(words, found) for words, found in families if found],
    )


def rule_page(site: Site, rule: Rule, page: RulePage) -> Page:
    here = rule_address(rule, site.lang)
    # Safe: what `Body.html` returns is sanitized.
    why = Markup(Body(page.why.to(site.lang)).html())  # noqa: S704
    return Page(
        path=here,
        kind="rule",
        title=f"{rule.code} {rule.name}",
        description=" ".join(page.why.to(site.lang).split()),
        html=View(site, here).render(
            "rule.html",
            rule=rule,
            page=page,
            said=_said(rule, page, site.lang),
            why=why,
            severity=SEVERITIES[rule.severity.value],
        ),
        source_path=f"generator/rules/{rule.code}-{rule.name}.md",
    )
