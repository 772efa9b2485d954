"""URLs of a Redis that Sentinels watch: `redis+sentinel://host:26379,host:26379/name/0`. Pure."""

from __future__ import annotations

from typing import Final, Self
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import attrs

FORM: Final = "redis+sentinel://host:26379,host:26379/mymaster/0"
_PORT: Final = 26379
_OWN: Final = ("sentinel_username", "sentinel_password")


@attrs.frozen
class SentinelURL:
    """A URL of Sentinels, parsed.

    Attributes:
        hosts: where the Sentinels are: names and ports.
        name: under which they know the primary.
        server: a URL of Redis with all else: TLS, user, password, database and options. Its host is the first Sentinel.
        own: what Sentinels themselves ask for, from `?sentinel_username=…&sentinel_password=…`.
    """

    hosts: tuple[tuple[str, int], ...]
    name: str
    server: str = attrs.field(repr=False)
    own: dict[str, str] = attrs.field(repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read a URL. Raises `ValueError`, which does not quote it."""
        scheme, _, rest = url.partition("://")  # newer versions of `urlsplit` refuse two hosts if one is IPv6
        rest, _, options = rest.partition("?")
        netloc, _, path = rest.partition("/")
        user, at, places = netloc.rpartition("@")
        name, _, database = path.strip("/").partition("/")
        if not places or not name:
            raise ValueError(f"names no Sentinels, or not what they call the primary: {FORM}")
        hosts = tuple(map(_host, places.split(",")))
        query = parse_qsl(options, keep_blank_values=True)
        others = urlencode([pair for pair in query if pair[0] not in _OWN])
        server = f"{scheme.lower().partition('+')[0]}://{user}{at}{places.split(',')[0]}/{database}?{others}"
        own = {key.removeprefix("sentinel_"): value for key, value in query if key in _OWN}
        return cls(hosts, unquote(name), server, own)


def _host(text: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host:
        raise ValueError(f"has a Sentinel that is not a host with a port that is a number: {FORM}")
    return host, port or _PORT
