"""Zoom's clouds: where consent is given, where tokens are given out, and which hosts a token may go to."""

from __future__ import annotations

from urllib.parse import urlsplit

import attrs

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


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

    def owns(self, url: str) -> bool:
        """Tell whether an address is this cloud's: https, and below its domain. A token goes nowhere else."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme == "https" and (host == self.domain or host.endswith(f".{self.domain}"))

    def api(self, api_url: str | None) -> str:
        """Return the base URL for the `api_url` of a token (`https://api-eu.zoom.us`); another's host is not heeded."""
        if not api_url or not self.owns(api_url):
            return self.base_url
        return f"https://{urlsplit(api_url).netloc.rpartition('@')[2]}/v2"


COMMERCIAL = Cloud("zoom.us", "https://zoom.us", "https://api.zoom.us/v2")
GOVERNMENT = Cloud("zoomgov.com", "https://zoomgov.com", "https://api.zoomgov.com/v2")


def stand_in(base_url: str) -> str | None:
    """Return the origin of an API on this machine: it gives out its tokens too, as api.zoom.us does. None elsewhere."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.hostname in _LOOPBACK else None


def checked_base_url(url: str | None) -> str:
    """Return a base URL as paths are put behind it; "" if none is given."""
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise ValueError(f"base_url is {url!r}: give the whole address, https://api.zoom.us/v2 for example")
    return (url or "").rstrip("/")


def checked_origin(url: str) -> str:
    """Return an origin that credentials may be sent to: https, or a stand-in on this machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return url.rstrip("/")
    if parts.scheme == "http" and parts.hostname in _LOOPBACK:
        return url.rstrip("/")
    raise ValueError("oauth_url must be https (http for 127.0.0.1 only): client secrets are sent there")
