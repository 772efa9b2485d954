"""Recognises what comes instead of a file, whatever its media type says: an HTML page, or a refusal by Zoom."""

from __future__ import annotations

import re

from zoom_api_client.core import codec

LONGEST_REFUSAL = 16 * 1024  # bytes

_CODES = {"code", "errorCode", "error"}
_REASONS = {"message", "errorMessage", "error_message", "error_description", "reason"}
_MARK = b"\xef\xbb\xbf"  # of UTF-8, which some put before a text
_LOOKED_AT = 64 * 1024  # bytes of a beginning
# Each comment is read once (`?>`, `*+`): to try where else it might end takes time without end.
_PAGE = re.compile(rb"(?is)\s*+(?:(?><!--.*?-->)\s*+)*+(?:<!doctype html|<html[\s>])")


def is_page(beginning: bytes) -> bool:
    """Return whether a file begins as a page of HTML does."""
    return _PAGE.match(beginning[:_LOOKED_AT].removeprefix(_MARK)) is not None


def is_refusal(content: bytes, extension: str = "") -> bool:
    """Return whether a file is JSON that says why there is none.

    Args:
        content: all of it, or its beginning: more than `LONGEST_REFUSAL` bytes.
        extension: of the file; of one that is JSON less is taken for a refusal.
    """
    content = content.removeprefix(_MARK)
    if len(content) > LONGEST_REFUSAL or not content.lstrip().startswith(b"{"):
        return False
    try:
        said = codec.loads(content)
    except ValueError:  # Zoom does not escape the quotes in some messages
        return extension != "json" and all(f'"{each}"'.encode() in content for each in ("code", "message"))
    return isinstance(said, dict) and not _CODES.isdisjoint(said) and not _REASONS.isdisjoint(said)
