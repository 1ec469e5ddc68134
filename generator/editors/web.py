"""The web editor's forms (Decap CMS), derived from the model: one configuration for each language of its words.

See docs/decisions/0013-web-editor.md for why this editor, and what stands here instead of its own means.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

from generator.base.text import Lang, Text
from generator.editors.template import example_body, first_fields, heading_field
from generator.library.graph import Library
from generator.model.record import Record
from generator.model.shape import FieldShape, Shape, shapes_of
from generator.model.translation import translation_of
from generator.records import RECORD_CLASSES
from generator.records.minutes import Minutes
from generator.records.page import Page

SCRIPT = "https://cdn.jsdelivr.net/npm/decap-cms@3.16.3/dist/decap-cms.js"
INTEGRITY = "sha384-A/Gdn928CNLufmnGWGs9RM4Q9o8bSNLeJERqBFrBjwzL7FRpoLT3MPF8Tl0+Wd2p"
"""Of the file of that name in the package of npm: `openssl dgst -sha384 -binary FILE | base64`."""
PROXY = "http://localhost:8081"
"""Where `npx decap-server` listens: whoever tries the editor on their own machine needs no account."""
POLICY = (
    f"default-src 'none'; base-uri 'none'; style-src 'self' 'unsafe-inline'; "
    f"script-src 'self' {SCRIPT.rpartition('/')[0]}/ 'unsafe-eval'; "
    f"img-src 'self' blob: data: https://avatars.githubusercontent.com; font-src data:; "
    f"connect-src 'self' blob: https://api.github.com https://www.githubstatus.com {PROXY}"
)
"""Of the editor's page alone: it compiles its forms' checks (eval) and writes its styles into the page."""

_FROM_TO = Text("entre {least} y {most} caracteres", "between {least} and {most} characters")
_AT_MOST = Text("como máximo {most} caracteres", "at most {most} characters")
_TEXT = Text("Texto", "Text")
_ENGLISH = Text("{} · traducción al inglés", "{} · English translation")
_DAY = "{{start | date('YYYY-MM-DD')}}-"

Config = dict[str, Any]


def config(library: Library, lang: Lang, site_url: str, repo_url: str, sign_in: str) -> Config:
    """What the editor reads. `library` is the public one: what it holds is offered to choose from."""
    signing = urlsplit(sign_in)
    where = {"base_url": f"{signing.scheme}://{signing.netloc}", "auth_endpoint": signing.path.strip("/") or "auth"}
    forms = _Forms(library, lang)
    return {
        "backend": {
            "name": "github",
            "repo": urlsplit(repo_url).path.strip("/"),
            "branch": "main",
            "open_authoring": True,
            **(where if sign_in else {}),
        },
        "local_backend": {"url": f"{PROXY}/api/v1"},
        "publish_mode": "editorial_workflow",
        "locale": lang,
        "site_url": site_url,
        "media_folder": "content/media",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [made for cls in RECORD_CLASSES if cls is not Page for made in forms.collections(cls)],
    }


class _Forms:
    def __init__(self, library: Library, lang: Lang) -> None:
        self._library = library
        self._lang = lang

    def collections(self, cls: type[Record]) -> Iterator[Config]:
        """Originals, which one may begin here, and their translations, which `kb translate` begins."""
        heading, mark = heading_field(cls), self._say(_ENGLISH).format("").rstrip()
        named = f"{{{{{heading}}}}}"
        told = {
            "delete": False,
            "identifier_field": heading,
            "format": "yaml-frontmatter",
            "editor": {"preview": False},
            "folder": cls.kind.folder,
            "media_folder": "{{filename}}",
            "public_folder": "",
        }
        # What a first record has comes first, its heading before all.
        first = first_fields(cls)
        fields = sorted(self._fields(cls), key=lambda field: (field["name"] != heading, field["name"] not in first))
        yield {
            "name": cls.kind.name,
            "label": self._say(cls.kind.plural),
            "label_singular": self._say(cls.kind.label),
            "create": True,
            "slug": f"{_DAY if cls is Minutes else ''}{named}",
            # The editor lists every file of the folder, translations too: they are marked.
            "summary": f"{named}{{{{translation | ternary('{mark}', '')}}}}",
            "extension": "md",
            "fields": [*fields, self._body(cls, example_body(cls, "es"))],
            **told,
        }
        yield {
            "name": f"{cls.kind.name}-en",
            "label": self._say(_ENGLISH).format(self._say(cls.kind.plural)),
            "create": False,
            "extension": "en.md",
            "fields": [*self._fields(translation_of(cls)), self._body(cls, "")],
            **told,
        }

    def _body(self, cls: type[Record], default: str) -> Config:
        r"""As written: the editor's rich text would rewrite what others wrote, and `[1]` as `\[1]`."""
        told = {"name": "body", "label": self._say(_TEXT), "widget": "markdown", "modes": ["raw"]}
        return {**told, "required": bool(cls.kind.sections), **({"default": default} if default else {})}

    def _fields(self, model: type[BaseModel], *, optional: bool = False) -> list[Config]:
        return [self._field(field, optional=optional, top=issubclass(model, Record)) for field in shapes_of(model)]

    def _field(self, field: FieldShape, *, optional: bool, top: bool) -> Config:
        """The editor asks for what is required inside a group even where the group is not: there it only invites."""
        required = field.required and not optional
        label = self._say(field.told.label)
        told = {
            "name": field.name,
            "label": label,
            "hint": self._say(field.told.hint),
            "required": required,
        }
        # A default inside a list would make an entry that nobody began.
        told |= {"default": field.default} if top and field.default else {}
        return {**told, **self._widget(field, required=required)}

    def _widget(self, field: FieldShape, *, required: bool) -> Config:
        one = field.one
        options = self._options(field)
        bounds = {"min": field.least, "max": field.most} if field.many else {}
        bounds = {name: bound for name, bound in bounds.items() if bound is not None and (required or name == "max")}
        if one.counts:
            terms = [self._count(term, label) for term, label in one.terms(self._library.vocabularies)]
            return {"widget": "object", "collapsed": True, "fields": terms}
        if options:
            return {"widget": "select", "options": options, **({"multiple": True} if field.many else {}), **bounds}
        if one.part and field.many:
            return {"widget": "list", "fields": self._fields(one.part), "collapsed": False, **bounds}
        if one.part:
            return {
                "widget": "object",
                "collapsed": not required,
                "fields": self._fields(one.part, optional=not required),
            }
        if field.many:
            entry = {"name": "value", "label": self._say(field.told.label), **self._text(field)}
            return {"widget": "list", "field": entry, **bounds}
        return self._text(field)

    def _options(self, field: FieldShape) -> list[Config]:
        words = field.one.terms(self._library.vocabularies) or self._records(field.one)
        if field.instead and words:
            words = (*words, (field.instead.word, field.instead.label))
        return [{"value": word, "label": self._say(label)} for word, label in words]

    def _records(self, shape: Shape) -> tuple[tuple[str, Text], ...]:
        """Every record that a reference may name, by its heading in each language."""
        if shape.types is None:
            return ()
        shown = self._library.shown
        named = [record for record in self._library.records.values() if not isinstance(record, Page)]
        told = [
            (record.id, Text(shown(record, "es").heading, shown(record, "en").heading))
            for record in named
            if not shape.types or record.kind.name in shape.types
        ]
        return tuple(sorted(told, key=lambda each: (each[1].es.casefold(), each[0])))

    def _count(self, term: str, label: Text) -> Config:
        pattern = ["^[0-9]{0,9}$", self._say(Text("un número entero", "a whole number"))]
        return {"name": term, "label": self._say(label), "widget": "string", "required": False, "pattern": pattern}

    def _text(self, field: FieldShape) -> Config:
        one, least, most = field.one, None if field.many else field.least, None if field.many else field.most
        if one.attachment:
            return {"widget": one.attachment, "choose_url": False}
        if one.pattern and one.expected:
            pattern, words = one.pattern, self._say(one.expected)
            if field.instead:
                pattern += f"|{field.instead.word}"
                words += f"; {field.instead.word}: {self._say(field.instead.label)}"
            return {"widget": "string", "pattern": [f"^({pattern})$", words]}
        widget = "text" if field.is_long else "string"
        if not most:
            return {"widget": widget}
        words = self._say(_FROM_TO if least else _AT_MOST).format(least=least, most=most)
        return {"widget": widget, "pattern": [rf"^[\s\S]{{{least or 0},{most}}}$", words]}

    def _say(self, words: Text) -> str:
        return words.to(self._lang)
