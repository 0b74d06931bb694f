"""What the URL of a database says, and how it is shown: without its password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE: Final = "sqlite"
DUCKDB: Final = "duckdb"
POSTGRESQL: Final = "postgresql"
_OPTIONS: Final = {
    SQLITE: (),
    DUCKDB: ("schema", "timezone"),
    POSTGRESQL: ("schema", "timezone", "host", "sslmode", "sslrootcert"),
}
_URL: Final = re.compile(r"(sqlite|duckdb|postgresql|postgres)://(.*)", re.DOTALL)
# Not UTC+8: of such a zone PostgreSQL takes the sign the other way round.
_ZONE: Final = re.compile(r"UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_]+)+")
_HIDDEN: Final = "***"


class BadUrl(ValueError):
    """A URL that is not understood; the message, in both languages, has nothing of its password."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a database is. ``database``: the path of a file, or the name on a server."""

    product: str
    database: str
    shown: str
    host: str | None = None
    port: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    schema: str | None = None
    timezone: str | None = None
    tls: tuple[tuple[str, str], ...] = ()

    def redacted(self, text: str) -> str:
        """The text without the password, as it is or as it was written."""
        for secret in self.secrets:
            text = text.replace(secret, _HIDDEN)
        return text


def is_database_url(text: str) -> bool:
    """Whether this names a database rather than a file."""
    return _URL.match(text) is not None


def shown_url(url: str) -> str:
    """The URL without password and options, also when it is not a good one."""
    found = _URL.match(url)
    if found is None:
        return url.partition(":")[0]
    product, rest = found.groups()
    before, at, after = rest.rpartition("@")
    user, colon, _ = before.partition(":")
    if product in (SQLITE, DUCKDB):
        return f"{product}://{rest.partition('?')[0]}"
    if not at:
        host, sign, port = rest.partition("/")[0].partition(":")
        if sign and not ("/" in rest and port.isdigit()):  # a user, whose password has broken the rest off
            return f"{product}://{host}:{_HIDDEN}"
    return f"{product}://{user}{':' + _HIDDEN if colon else ''}{at}{after.partition('?')[0]}"


def shown_institution(place: str, institution: str) -> str:
    """How one institution of tables is named: ``province/#H0012``, the place without its password."""
    whole = f"{place}#{institution}"
    if not is_database_url(place):
        return whole
    return shown_url(whole) if "@" in institution else f"{shown_url(place)}#{institution}"  # a password with a #


def place_of(url: str) -> Place:
    """What a URL says. Raises BadUrl.

    ``sqlite:///relative.db``, ``sqlite:////absolute.db``, ``duckdb:///…`` (``?schema=``), and
    ``postgresql://user:password@host:port/database`` (``?schema=``, ``sslmode=``, ``sslrootcert=``; ``host=`` for a
    socket). ``timezone=Asia/Shanghai`` says in which zone a moment with a zone is a day.
    """
    found = _URL.match(url)
    if found is None:
        raise BadUrl("sqlite:///…, duckdb:///…, postgresql://…")
    product = POSTGRESQL if found[1] == "postgres" else found[1]
    if product == POSTGRESQL:
        return _server(url)
    rest, _, query = found[2].partition("?")
    if not rest.startswith("/") or not rest[1:]:
        raise BadUrl(f"{product}:///path，绝对路径四条斜线 four slashes for an absolute path")
    options = _options(product, query)
    return Place(
        product, rest[1:], shown_url(url), schema=options.get("schema"), timezone=_zone(options.get("timezone"))
    )


def _server(url: str) -> Place:
    escape = "用户名、密码里的特殊字符要写成 %40 这样 write special characters of user and password as %40"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadUrl(escape) from None
    if parts.fragment or "@" in parts.path or "@" in parts.query:
        raise BadUrl(escape)
    if not parts.path[1:]:
        raise BadUrl("postgresql://user@host/database")
    options = _options(POSTGRESQL, parts.query)
    written = parts.password or ""
    password = unquote(written)
    return Place(
        POSTGRESQL,
        unquote(parts.path[1:]),
        shown_url(url),
        host=options.get("host") or parts.hostname,
        port=port,
        user=unquote(parts.username) if parts.username else None,
        password=password or None,
        secrets=tuple(dict.fromkeys(secret for secret in (password, written) if secret)),
        schema=options.get("schema"),
        timezone=_zone(options.get("timezone")),
        tls=tuple((name, options[name]) for name in ("sslmode", "sslrootcert") if name in options),
    )


def _options(product: str, query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in _OPTIONS[product] or name in found or not value:
            raise BadUrl(f"?{name}=")
        found[name] = value
    return found


def _zone(name: str | None) -> str | None:
    if name is not None and not _ZONE.fullmatch(name):
        raise BadUrl("?timezone=Asia/Shanghai")
    return name
