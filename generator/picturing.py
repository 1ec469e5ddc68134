"""The pictures that builds make and keep: previews of records, and copies of attached pictures."""

import hashlib
import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path
from threading import Lock

from generator.engine import Workshop
from generator.pages.pictures import Picture
from generator.pages.preview import Preview
from generator.reading.files import published
from generator.staging import write_atomically

_KINDS = (".jpeg", ".jpg", ".png", ".svg", ".webp")


def update_pictures(root: Path, shop: Workshop, site_name: str, previews: Iterable[Preview]) -> Path:
    """The folder of preview images of a language: draws those that are not there, removes those that nothing shows.

    An image is named by what it says, so that one that is there is up to date; unless it was drawn another way.
    """
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


def attached_pictures(root: Path, assets: Iterable[str]) -> dict[str, Picture]:
    """The pictures among attachments by path, with their copies, which are made once of the same bytes and kept in
    `build/pictures`. One that cannot be opened is left out: it is published as it is.
    """
    paths = sorted(path for path in assets if path.endswith(_KINDS))
    if not paths:
        return {}
    from generator import scaling  # noqa: PLC0415  # to check the records takes no pictures

    folder = root / "build/pictures"
    folder.mkdir(parents=True, exist_ok=True)
    one_writes = Lock()  # two may hold the same bytes
    way = hashlib.blake2b(version("pillow").encode() + Path(scaling.__file__).read_bytes(), digest_size=16).digest()

    def picture(path: str) -> Picture:
        data = published(root / path)
        if path.endswith(".svg"):
            return scaling.drawn(data)
        file = folder / hashlib.blake2b(data, digest_size=16, key=way).hexdigest()
        if not file.is_file():
            made = _packed(scaling.scaled(data))
            with one_writes:
                write_atomically(file, made)
        return _unpacked(file.read_bytes())

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = zip(paths, pool.map(picture, paths), strict=True)
        return {path: made for path, made in found if made.width and made.height}


def _packed(picture: Picture) -> bytes:
    """A line that says how large the picture and each copy are, then the copies."""
    sizes = {width: len(copy) for width, copy in picture.copies.items()}
    return b"\n".join((json.dumps((picture.width, picture.height, sizes)).encode(), b"".join(picture.copies.values())))


def _unpacked(data: bytes) -> Picture:
    head, _, copies = data.partition(b"\n")
    width, height, sizes = json.loads(head)
    ends = pairwise(accumulate(sizes.values(), initial=0))
    return Picture(width, height, {int(wide): copies[a:b] for wide, (a, b) in zip(sizes, ends, strict=True)})
