"""Zoom's hosts: its clouds, where each gives out tokens, and which addresses credentials may go to."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

import attrs

from zoom_api_client.core.redaction import redact_text

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_BLANK: Final = r"\x00-\x20\x7f\ud800-\udfff"
_ADDRESS: Final = re.compile(rf"https?://[^{_BLANK}/?#@\\]+(?:/[^{_BLANK}?#\\]*)?", re.IGNORECASE)


@attrs.frozen
class Cloud:
    """One of Zoom's clouds, with accounts of its own.

    Attributes:
        domain: the domain of all its hosts.
        oauth_url: the origin of `/oauth/authorize`, `/oauth/token`, `/oauth/revoke` and `/oauth/devicecode`.
        base_url: the API, where a token does not name a region's host.
    """

    domain: str
    oauth_url: str
    base_url: str

    def has_host(self, host: str) -> bool:
        """Return whether a host is this cloud's."""
        return host == self.domain or host.endswith(f".{self.domain}")

    def owns(self, url: str) -> bool:
        """Return whether an address is this cloud's: https, and below its domain. A token goes nowhere else."""
        scheme, host = _scheme_and_host(url)
        return scheme == "https" and self.has_host(host)

    def api(self, api_url: str | None) -> str:
        """Return the base URL for the `api_url` of a token (`https://api-eu.zoom.us`); another's host is not heeded."""
        if not api_url or not self.owns(api_url):
            return self.base_url
        return f"https://{urlsplit(api_url).netloc.rpartition('@')[2]}/v2"


COMMERCIAL: Final = Cloud("zoom.us", "https://zoom.us", "https://api.zoom.us/v2")
GOVERNMENT: Final = Cloud("zoomgov.com", "https://zoomgov.com", "https://api.zoomgov.com/v2")
CLOUDS: Final = (COMMERCIAL, GOVERNMENT)
UPLOAD_HOSTS: Final = ("file.zoom.us", "fileapi.zoom.us")
WEBSOCKET_URL: Final = "wss://ws.zoom.us/ws"


def is_zoom_host(host: str) -> bool:
    """Return whether a host, with or without its port, is one of Zoom's own."""
    name = host.partition(":")[0].lower()
    return any(cloud.has_host(name) for cloud in CLOUDS)


def is_zoom(url: str, *, scheme: str = "https") -> bool:
    """Return whether an address is Zoom's own, and encrypted: credentials go nowhere else."""
    found, host = _scheme_and_host(url)
    return found == scheme and any(cloud.has_host(host) for cloud in CLOUDS)


def is_zoom_socket(url: str) -> bool:
    """Return whether an address is of a WebSocket of Zoom's, or of a stand-in on this machine."""
    return is_zoom(url, scheme="wss") or (_scheme_and_host(url)[0] == "ws" and is_loopback(url))


def is_loopback(url: str) -> bool:
    """Return whether an address is on this machine, where stand-ins for Zoom are."""
    return _scheme_and_host(url)[1] in LOOPBACK


def stand_in(base_url: str) -> str | None:
    """Return the origin of an API on this machine: it gives out its tokens too, as api.zoom.us does. None elsewhere."""
    if not is_loopback(base_url):
        return None
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"


def parse_base_url(url: str | None) -> str:
    """Return a base URL as paths are put behind it; "" if none is given."""
    return _parse_address("base_url", url, COMMERCIAL.base_url) if url else ""


def parse_origin(url: str) -> str:
    """Return an origin that client secrets may be sent to: https, or a stand-in on this machine."""
    return _parse_address("oauth_url", url, COMMERCIAL.oauth_url)


def _parse_address(name: str, url: str, example: str) -> str:
    """Return an address that paths can be put behind: a query or a fragment would swallow them."""
    if not isinstance(url, str):
        raise TypeError(f"{name} is a {type(url).__name__}: give the whole address, {example} for example")
    scheme, host = _scheme_and_host(url)
    if scheme == "http" and host not in LOOPBACK:
        raise ValueError(f"{name} must be https (http for 127.0.0.1 only): tokens and secrets are sent there")
    if not host or not _ADDRESS.fullmatch(url):
        raise ValueError(
            f"{name} is {redact_text(url)!r}: give the whole address, {example} for example, "
            "and nothing but scheme, host, port and path"
        )
    return url.rstrip("/")


def _scheme_and_host(url: str) -> tuple[str, str]:
    """Return the scheme and the host of an address in lower case, both empty for what is not an address."""
    try:
        parts = urlsplit(url)
        host, is_port = parts.hostname or "", parts.port != 0
    except ValueError:  # brackets that are not an IPv6 address, or a port that there is not
        return "", ""
    return (parts.scheme, host) if is_port and _is_host(host) else ("", "")


def _is_host(name: str) -> bool:
    """Return whether a name can be looked up: what looks names up raises errors of its own for one that cannot."""
    labels = name.removesuffix(".").split(".")
    return all(0 < len(label) < 64 and not label.endswith("-") for label in labels)
