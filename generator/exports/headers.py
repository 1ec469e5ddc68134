"""For hosts: the headers that keep every page to this site's own files, as Cloudflare Pages and others read."""

from collections.abc import Iterator

from generator.base.text import LANGUAGES
from generator.exports.export import Export, Exported
from generator.pages.page import editor_address

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'"
)
"""Content-Security-Policy Level 3. Every page says it too, for hosts that send no headers of ours.

The search is WebAssembly, which needs leave of its own; no code ever comes as text.
"""
HEADERS = (
    # Only a header can say who may show the site inside another.
    ("Content-Security-Policy", f"{POLICY}; frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "same-origin"),
    ("Strict-Transport-Security", "max-age=31536000"),
    ("X-Content-Type-Options", "nosniff"),
)


def export(_exported: Exported) -> Iterator[Export]:
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS)]
    for lang in LANGUAGES:  # the web editor's page says a policy of its own; `!` takes a header away
        lines += [
            f"/{editor_address(lang)}*",
            "  ! Content-Security-Policy",
            "  Content-Security-Policy: frame-ancestors 'none'",
        ]
    yield Export("_headers", ("\n".join(lines) + "\n").encode())
