"""A review as the one comment of a proposal, in GitHub's Markdown. Nothing that an author wrote is read as Markdown:
it stands between marks of code that it cannot close, where GitHub makes no mention, link, image or HTML of it.
"""

import re
from collections.abc import Iterable, Iterator

from generator.base.diagnostics import Severity
from generator.base.text import Lang, Text, printable
from generator.reading.prose import LONG_SENTENCE, Ease
from generator.records.practice import MATURITY
from generator.report.human import one
from generator.reviewing.review import FileReview, Review

MARKER = "<!-- kb review -->"
"""Not seen; tells the comment from others, so that it is renewed and not repeated."""
MOST = 60_000
"""Characters; GitHub takes 65,536."""
_MOST_IN_A_BLOCK = 6_000
_MARKS = re.compile("`{3,}")
_MOST_LONG = 3
_MOST_FOUND = 20

_TITLE = Text("## Revisión automática de {head}", "## Automatic review of {head}")
_NOTHING = Text("Esta propuesta no cambia ninguna ficha.", "This proposal changes no record.")
_COUNTS = Text(
    "Archivos: {files} · errores: {errors} · avisos: {warnings}. Comparado con {base}.",
    "Files: {files} · errors: {errors} · warnings: {warnings}. Compared with {base}.",
)
_PREVIEW = Text("Vista previa de la edición pública: <{preview}>", "Preview of the public edition: <{preview}>")
_CLEAN = Text("Nada que corregir.", "Nothing to mend.")
_READS = Text(
    "**Lectura:** {level} ({score} de 100 en la escala {scale}; más es más fácil). {words} palabras en {sentences} "
    "oraciones, {mean} por oración.",
    "**Reading:** {level} ({score} of 100 on the {scale} scale; more is easier). {words} words in {sentences} "
    "sentences, {mean} a sentence.",
)
_LONG = Text(
    "Oraciones largas ({count} de más de {most} palabras): pártalas.",
    "Long sentences ({count} of more than {most} words): split them.",
)
_UNHEARD = Text("**Miradas que faltan:** {sectors}.", "**Perspectives that are missing:** {sectors}.")
_PAGE = Text("**Su página:** {words}.", "**Its page:** {words}.")
_CHANGES = Text("Lo que cambia en su página", "What changes on its page")
_PRACTICES = Text("### Prácticas más cerca de «{good}»", "### Practices nearer to “{good}”")
_NEARLY = Text("{path}: le falta {needed}.", "{path}: it still needs {needed}.")
_REACHED = Text(
    "{path}: ya cumple lo que se pide; si quienes revisan están de acuerdo, escriba «maturity: good».",
    "{path}: it has what is asked for; if the reviewers agree, write “maturity: good”.",
)
_LEFT_OUT = Text(
    "Hay {count} más que no caben aquí: «kb check» los dice.", "{count} more do not fit in here: “kb check” tells them."
)
_RENEWED = Text(
    "Este comentario se renueva con cada cambio; no decide nada: deciden las personas, con la lista de la propuesta.",
    "This comment is renewed at each change; it decides nothing: people do, with the list of the proposal.",
)


def comment(review: Review, preview: str = "") -> str:
    """The comment, of at most `MOST` characters; what matters most stands first. `preview` is an address of ours."""
    lang = review.lang
    head = [MARKER, _TITLE.to(lang).format(head=_code(review.head[:9]))]
    head.append(_counts(review) if review.files else _NOTHING.to(lang))
    head += [_PREVIEW.to(lang).format(preview=preview)] if preview else []
    tail = [*_practices(review), _RENEWED.to(lang)]
    room = MOST - sum(len(part) + 2 for part in (*head, *tail)) - 200  # 200: for saying what was left out
    fitting: list[str] = []
    parts = ["\n\n".join(_file(file)) for file in sorted(review.files, key=_most_errors_first)]
    for part in parts:
        if len(part) + 2 <= room:
            room -= len(part) + 2
            fitting.append(part)
    left = len(parts) - len(fitting)
    return "\n\n".join([*head, *fitting, *([_LEFT_OUT.to(lang).format(count=left)] if left else []), *tail]) + "\n"


def _counts(review: Review) -> str:
    errors, warnings = (
        sum(found.rule.severity is severity for file in review.files for found in file.found)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    told = _COUNTS.to(review.lang)
    return told.format(files=len(review.files), errors=errors, warnings=warnings, base=_code(review.base[:9]))


def _most_errors_first(file: FileReview) -> int:
    return -sum(found.rule.severity is Severity.ERROR for found in file.found)


def _file(file: FileReview) -> Iterator[str]:
    lang = file.lang
    yield f"### {_code(file.path)}: {file.state.to(lang)}"
    by_weight = sorted(file.found, key=lambda found: list(Severity).index(found.rule.severity))
    yield _block("text", [one(found, lang) for found in by_weight[:_MOST_FOUND]]) if by_weight else _CLEAN.to(lang)
    if len(by_weight) > _MOST_FOUND:
        yield _LEFT_OUT.to(lang).format(count=len(by_weight) - _MOST_FOUND)
    if file.ease:
        yield from _ease(file.ease, lang)
    if file.unheard:
        yield _UNHEARD.to(lang).format(sectors=", ".join(map(_code, file.unheard)))
    if isinstance(file.page, Text):
        yield _PAGE.to(lang).format(words=file.page.to(lang))
    elif file.page:
        yield f"<details><summary>{_CHANGES.to(lang)}</summary>"
        yield _block("diff", map(printable, file.page))
        yield "</details>"


def _ease(ease: Ease, lang: Lang) -> Iterator[str]:
    mean, scale = round(ease.words / ease.sentences), "INFLESZ" if lang == "es" else "Flesch"
    yield _READS.to(lang).format(
        words=ease.words, sentences=ease.sentences, mean=mean, level=ease.level.to(lang), score=ease.score, scale=scale
    )
    if ease.long:
        yield _LONG.to(lang).format(count=len(ease.long), most=LONG_SENTENCE)
        yield _block("text", [f"{printable(sentence[:1000])}\n" for sentence in ease.long[:_MOST_LONG]])


def _practices(review: Review) -> Iterator[str]:
    lang = review.lang
    told = [
        f"- {(_NEARLY if needed else _REACHED).to(lang)}".format(
            path=_code(path), needed=", ".join(words.to(lang) for words in needed)
        )
        for path, needed in sorted(review.practices.items())
    ]
    if told:
        yield _PRACTICES.to(lang).format(good=MATURITY.label("good").to(lang))
        yield "\n".join(told[:_MOST_FOUND])


def _code(text: str) -> str:
    """As code inside a line, which no grave accent in it can end."""
    return f"`{printable(text)[:300].replace('`', 'ˋ')}`"


def _block(language: str, pieces: Iterable[str]) -> str:
    """As a block of code, which nothing in it can end."""
    text = _MARKS.sub(lambda marks: "ˋ" * len(marks[0]), "\n".join(pieces).rstrip("\n"))
    text = text if len(text) <= _MOST_IN_A_BLOCK else f"{text[:_MOST_IN_A_BLOCK]}…"
    return f"```{language}\n{text}\n```"
