"""The folder of preview images of a language: draws those that are not there, removes those that nothing shows."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from generator.engine import Workshop
from generator.pages.preview import Preview
from generator.staging import write_atomically


def update_pictures(root: Path, shop: Workshop, site_name: str, previews: Iterable[Preview]) -> Path:
    """An image is named by what it says, so that one that is there is up to date; unless it was drawn another way."""
    from generator import drawing  # noqa: PLC0415  # to check the records takes no drawing

    style = drawing.Style.of((root / "overrides/assets/kb.css").read_text("utf-8"))
    way = (repr(style), site_name, version("pillow"), Path(drawing.__file__).read_text("utf-8"))
    key = hashlib.blake2b("\0".join(way).encode(), digest_size=8).hexdigest()
    folder = shop.folder / "pictures" / key
    folder.mkdir(parents=True, exist_ok=True)
    drawer = drawing.Drawer(style, site_name)
    wanted = {preview.file: preview for preview in previews}
    there = {path.name for path in folder.iterdir()}
    for file in sorted(wanted.keys() - there):
        write_atomically(folder / file, drawer.draw(wanted[file]))
    for path in folder.parent.rglob("*.png"):
        if path.parent != folder or path.name not in wanted:
            path.unlink()
    return folder
