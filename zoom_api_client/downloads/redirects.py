"""Decide where a download may go, and what it may take along, at every address on the way."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import attrs

from zoom_api_client import errors
from zoom_api_client.downloads.response import DownloadRefused
from zoom_api_client.transport import hosts


@attrs.frozen
class Route:
    """The way to a file.

    Attributes:
        stand_in: the origin of a stand-in for Zoom on this machine, if the client talks to one.
    """

    stand_in: str | None

    @classmethod
    def of(cls, base_url: str) -> Route:
        """Return the way for a client of this base URL."""
        return cls(hosts.stand_in(base_url))

    def trusts(self, url: str) -> bool:
        """Return whether credentials may go to an address: to Zoom's hosts over https, and to nobody else."""
        return hosts.is_zoom(url) or (self.stand_in is not None and hosts.stand_in(url) == self.stand_in)

    def check(self, url: str) -> None:
        """Raise `AddressRefused` for an address that no recording can begin at."""
        if not self.trusts(url):
            raise errors.AddressRefused(
                "recordings are at https addresses of zoom.us or zoomgov.com: the token goes nowhere else"
            )

    def follow(self, url: str, location: str) -> str:
        """Return where an answer sends the request on to; raise `DownloadRefused` if that is not encrypted any more."""
        try:
            target = urljoin(url, location)
            schemes = urlsplit(url).scheme, urlsplit(target).scheme
        except ValueError:
            raise DownloadRefused("Zoom sends the download to something that is not a URL") from None
        if schemes[1] not in ("http", "https") or schemes == ("https", "http"):
            raise DownloadRefused("Zoom sends the download on to an address that is not encrypted")
        return target
