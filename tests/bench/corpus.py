"""Makes a big repository by varying the real records: same shapes, other words, one in four in both languages."""

import random
import re
import shutil
from pathlib import Path

from generator.checking import Checker
from generator.library.decoded import content_version

FOLDERS = ("cases", "content/practices", "content/minutes")
BASE = ("content/vocabularies", "content/organizations", "content/glossary", "content/pages", "content/data")


def make_corpus(root: Path, target: Path, count: int) -> int:
    """Writes about `count` records and returns how many there are (originals; translations are beside them)."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    shutil.copytree(root / "overrides", target / "overrides")
    shutil.copyfile(root / "mkdocs.yml", target / "mkdocs.yml")
    for folder in BASE:
        shutil.copytree(root / folder, target / folder)
    originals = [
        path for folder in FOLDERS for path in sorted((root / folder).glob("*.md")) if path.name.count(".") == 1
    ]
    ids = {path.stem for path in originals}
    base = sum(path.name.count(".") == 1 for folder in BASE for path in (target / folder).rglob("*.md"))
    rounds = max(1, round((count - base) / len(originals)))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, ids), key=len, reverse=True))})(?![\w-])")
    for path in originals:  # the pages link to the real ones
        for source in [path, path.with_suffix(".en.md")]:
            if source.exists():
                (target / source.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target / source.relative_to(root))
    for turn in range(1, rounds):
        rng = random.Random(turn)
        for path in originals:
            for source in [path, path.with_suffix(".en.md")]:
                if source.exists() and (source is path or turn % 4 == 0):
                    name = source.name.replace(path.stem, f"{path.stem}-v{turn}", 1)
                    file = target / source.parent.relative_to(root) / name
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_text(_vary(source.read_text("utf-8"), pattern, turn, rng), "utf-8")
    _bring_up_to_date(target)
    return base + rounds * len(originals)


def _bring_up_to_date(target: Path) -> None:
    """Says in each translation that it is of its original as it is now, as those of the real records do."""
    assembly = Checker(target).check().assembly
    for (record_id, _), record in assembly.translated.items():
        if path := record.origin.translation_path:
            stamp = f"translated_from: {content_version(assembly.records[record_id])}\n"
            text = (target / path).read_text("utf-8")
            (target / path).write_text(re.sub(r"^translated_from: .*\n", stamp, text, flags=re.MULTILINE), "utf-8")


def _vary(text: str, ids: re.Pattern[str], turn: int, rng: random.Random) -> str:
    """Other ids, another title, other figures, paragraphs' sentences in another order."""
    text = ids.sub(lambda found: f"{found[0]}-v{turn}", text)
    _, meta, body = text.split("---\n", 2)
    meta = re.sub(r"^(title: [\"']?)(.{0,90}?)([\"']?)$", rf"\g<1>{turn} \g<2>\g<3>", meta, count=1, flags=re.MULTILINE)
    paragraphs = body.split("\n\n")
    for index, paragraph in enumerate(paragraphs):
        if paragraph[:1].isalpha():
            sentences = re.split(r"(?<=\.) ", paragraph)
            rng.shuffle(sentences)
            paragraphs[index] = " ".join(sentences) + f" {_word(rng)} {_word(rng)} {_word(rng)}."
    return f"---\n{meta}---\n" + "\n\n".join(paragraphs)


def _word(rng: random.Random) -> str:
    return "".join(rng.choice("bcdlmnprstv") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))
