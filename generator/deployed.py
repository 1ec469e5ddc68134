"""What stands once in `mkdocs.yml`, and what the environment says instead: looked at before a build relies on it."""

import os
import re
from pathlib import Path

from generator.base.text import Text

_UNREADABLE = Text("mkdocs.yml:{line}: no se entiende como YAML", "mkdocs.yml:{line}: cannot be understood as YAML")
_WRONG = Text(
    "mkdocs.yml: «{name}» debe ser {expected} (o así en la variable {variable}, si la hay)",
    "mkdocs.yml: “{name}” must be {expected} (or so in the variable {variable}, if there is one)",
)
_NO_THEME = Text(
    "falta la carpeta «overrides», que da su forma a las páginas: recupérela de una versión anterior",
    "folder “overrides”, which gives the pages their form, is missing: bring it back from an earlier version",
)
_LINKED = Text(
    "«build» es un enlace a otra carpeta, y debe ser una carpeta de aquí: borre el enlace y repita la orden",
    "“build” is a link to another folder and must be a folder of this one: delete the link and repeat the command",
)
_NAME, _ADDRESS = r".*\S.*", r"https?://[^\s\"'<>?#]+"
_EXPECTED = {
    _NAME: Text("un texto, entre comillas si es una cifra", "a text, in quotes if it is a number"),
    _ADDRESS: Text(
        "una dirección que empieza con «https://» o «http://», sin espacios, comillas ni «?»",
        "an address that begins with “https://” or “http://”, without spaces, quotes or “?”",
    ),
    f"({_ADDRESS})?": Text("una dirección que empieza con «https://», o vacía", "an address with “https://”, or empty"),
}
_SETTINGS = (
    ("site_name", "KB_SITE_NAME", _NAME),
    ("site_url", "KB_SITE_URL", _ADDRESS),
    ("repo_url", "KB_REPO_URL", _ADDRESS),
    ("extra.site_name_en", "KB_SITE_NAME_EN", _NAME),
    ("extra.editor_sign_in", "KB_EDITOR_SIGN_IN", f"({_ADDRESS})?"),
)


def forget_empty() -> None:
    """A workflow passes a variable that nobody set as an empty one: it overrides nothing."""
    for name in [name for name, value in os.environ.items() if name.startswith("KB_") and not value.strip()]:
        del os.environ[name]


def wrong_setting(root: Path) -> Text | None:
    """One sentence for the first setting or folder that no site can be built with. OSError without the file."""
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415  # the engine: only for those who build

    from generator import engine  # noqa: PLC0415

    try:
        found = engine.settings(root)
    except ConfigurationError as error:
        line = re.search(r"line (\d+)", str(error))
        return _UNREADABLE.telling(line=line[1] if line else "1")
    extra = found.get("extra")
    told = found | {f"extra.{name}": value for name, value in (extra if isinstance(extra, dict) else {}).items()}
    for name, variable, pattern in _SETTINGS:
        value = told.get(name)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            return _WRONG.telling(name=name, expected=_EXPECTED[pattern], variable=variable)
    if not (root / "overrides").is_dir():
        return _NO_THEME
    # The paths in the engine's configuration, which lies there, lead from it to the repository.
    return _LINKED if (root / "build").is_symlink() else None
