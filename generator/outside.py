"""Asks servers of others whether an address still leads somewhere: gently, in bounded time, and never a machine inside.

Asyncio and no library: what is needed is the first line of an answer and where it redirects, from an IP address that
was looked at before the connection is opened. See docs/decisions/0005-dependencies.md.
"""

import asyncio
import ipaddress
import json
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import Request, urlopen

from generator.reading.seen import REDIRECTS

ARCHIVE = "https://archive.org/wayback/available"
"""The Internet Archive's availability interface: `?url=…` gives the nearest copy as JSON.
See https://archive.org/help/wayback_api.php.
"""
_ARCHIVED_AT = "web.archive.org"
MOST_REDIRECTS = 10
_MOST_HEAD = 64 * 1024
"""Bytes of an answer that are read; a page is not."""
_MOST_SILENCE = 3
"""Addresses of a host one after the other without an answer; then it is not asked about the others."""
_SAFE = "%!#$&'()*+,/:;=?@[]~"
_LOCATION = re.compile(rb"\nlocation:([^\r\n]*)", re.IGNORECASE)
_NOT_OUTSIDE = [
    ipaddress.ip_network(block)
    for block in (
        "::/96",  # IPv4 in IPv6, of which Python 3.11 does not say whether it is private
        "::ffff:0:0/96",  # the same
        "64:ff9b::/96",  # the same, through a translator
        "64:ff9b:1::/48",
        "2002::/16",  # the same, through a tunnel
        "192.0.0.0/24",  # of protocols and of Oracle's cloud, of which Python 3.11 holds only a part for private
        "168.63.129.16/32",  # Azure's own services, in which GitHub's machines stand: public in form only
    )
]


def is_outside(address: str) -> bool:
    """Whether an IP address is a public one: not of this machine, its network, its neighbours or its cloud."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return ip.is_global and not ip.is_multicast and not any(ip in block for block in _NOT_OUTSIDE)


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask. Times in seconds."""

    agent: str
    """Who asks, and where to complain (RFC 9110, 10.1.5)."""
    pause: float = 1.0
    """Between two addresses of one host, which are asked one after the other."""
    patience: float = 20.0
    """For all of one question, redirects included."""
    hosts_at_a_time: int = 16
    allows: Callable[[str], bool] = is_outside
    archive: str = ARCHIVE


class InsideError(Exception):
    """An address, or what it redirects to, is not on the public net."""


def ask(addresses: Iterable[str], manners: Manners) -> dict[str, int | None]:
    """The HTTP status of each address at the end of its redirects, None where nobody answered.

    An address that leads inside is not asked and not among the answers.
    """
    return asyncio.run(_ask_hosts(sorted(set(addresses)), manners))


async def _ask_hosts(addresses: list[str], manners: Manners) -> dict[str, int | None]:
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        hosts.setdefault(_host(address), []).append(address)
    answers: dict[str, int | None] = {}
    room = asyncio.Semaphore(manners.hosts_at_a_time)
    async with asyncio.TaskGroup() as group:
        for asked in hosts.values():
            group.create_task(_ask_host(asked, manners, room, answers))
    return answers


def _host(address: str) -> str:
    with suppress(ValueError):
        return urlsplit(address).hostname or ""
    return ""


async def _ask_host(
    addresses: list[str], manners: Manners, room: asyncio.Semaphore, answers: dict[str, int | None]
) -> None:
    silence = 0
    async with room:
        for address in addresses:
            if silence == _MOST_SILENCE:
                answers[address] = None
                continue
            with suppress(InsideError):
                answers[address] = await _status(address, manners)
                silence = silence + 1 if answers[address] is None else 0
            await asyncio.sleep(manners.pause)


async def _status(address: str, manners: Manners) -> int | None:
    """HEAD asks for no page; some servers refuse it, or answer it wrongly."""
    status = None
    for method in ("HEAD", "GET"):
        # What is not an address, no name, no answer, not HTTP: nobody is there.
        with suppress(OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            async with asyncio.timeout(manners.patience):
                status = await _followed(method, address, manners)
        if status and 200 <= status < 300:
            break
    return status


async def _followed(method: str, address: str, manners: Manners) -> int:
    status = 0
    for _ in range(MOST_REDIRECTS):
        status, location = await _answer(method, address, manners)
        if status not in REDIRECTS or not location:
            break
        address = urljoin(address, location)
    return status


async def _answer(method: str, address: str, manners: Manners) -> tuple[int, str]:
    """The status and the `Location` of one answer.

    Raises OSError, EOFError, ValueError or LimitOverrunError where there is none, InsideError where none is asked for.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(address)
    tls = _lenient() if parts.scheme == "https" else None
    host, port = parts.hostname.encode("idna").decode(), parts.port or (443 if tls else 80)
    reader, writer = await _connected(host, port, tls, manners)
    try:
        path = quote(parts._replace(scheme="", netloc="", fragment="").geturl(), safe=_SAFE) or "/"
        named = f"[{host}]" if ":" in host else host
        place = named if parts.port is None else f"{named}:{port}"
        head = f"{method} {path} HTTP/1.1\r\nHost: {place}\r\nUser-Agent: {manners.agent}\r\nAccept: */*\r\n"
        writer.write(f"{head}Connection: close\r\n\r\n".encode())
        await writer.drain()
        answer = await reader.readuntil(b"\r\n\r\n")
    finally:
        writer.transport.abort()  # no goodbye: a server that does not close would keep us
    version, status, *_ = answer.split(maxsplit=2)
    if not version.startswith(b"HTTP/"):
        raise ValueError(version)
    location = _LOCATION.search(answer)
    return int(status), quote(location[1].strip(), safe=_SAFE) if location else ""


async def _connected(
    host: str, port: int, tls: ssl.SSLContext | None, manners: Manners
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to an address that was looked at: a name could mean another one when it is asked again."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ips = [str(place[0]) for *_, place in found]
    if not all(map(manners.allows, ips)):
        raise InsideError(host)
    failure = OSError(host)
    for ip in sorted(set(ips), key=lambda ip: (":" in ip, ip)):  # IPv4 first: many machines have no way to IPv6
        try:
            name = host if tls else None
            return await asyncio.open_connection(ip, port, limit=_MOST_HEAD, ssl=tls, server_hostname=name)
        except OSError as error:
            failure = error
    raise failure


def _lenient() -> ssl.SSLContext:
    """We give nothing away and believe nothing but that somebody answers: browsers mend chains that Python refuses."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def copies(addresses: Iterable[str], manners: Manners) -> Mapping[str, str]:
    """By address, its copy in the Internet Archive. Where that does not answer, it is left in peace for today."""
    found = {}
    with suppress(OSError, HTTPException, ValueError, KeyError, TypeError, AttributeError):
        for address in addresses:
            asked = f"{manners.archive}?url={quote(address, safe='')}"
            with urlopen(  # noqa: S310  # a constant of ours
                Request(asked, headers={"User-Agent": manners.agent}),  # noqa: S310
                timeout=manners.patience,
            ) as answer:
                nearest = json.loads(answer.read(_MOST_HEAD))["archived_snapshots"].get("closest", {})
            copy = urlsplit(nearest.get("url", ""))
            if copy.hostname == _ARCHIVED_AT:
                found[address] = copy._replace(scheme="https", netloc=_ARCHIVED_AT).geturl()
    return found
