"""Finds the address that a response redirects to, and whether the credentials may go along. Nothing is sent here."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from zoom_api_client import errors
from zoom_api_client.transport.hosts import is_zoom
from zoom_api_client.transport.responses import Response


def find_target(
    request_url: str, answer: Response, method: str, *, keeps_authorization: bool
) -> tuple[str, bool] | None:
    """Return the address that a response redirects to, and whether the credentials may go along; None without one.

    Zoom's upload hosts redirect to each other and want the credentials again: they get them, and nobody else does.
    """
    location = answer.headers.get("location")
    if answer.status not in (301, 302, 303, 307, 308) or not location:
        return None
    if method != "GET" and not keeps_authorization:
        return None
    try:
        target = urljoin(request_url, location)
        same_origin = urlsplit(target)[:2] == urlsplit(request_url)[:2]
    except ValueError:
        raise errors.ConnectionFailed("Zoom redirects the request to something that is not a URL") from None
    return target, same_origin or is_zoom(target)
