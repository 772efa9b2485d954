"""Derive the blocking half of the client from the asynchronous one, word by word, as httpcore does.

The rules are Python's and the standard library's words, and one place where the two halves differ: what waits is in
`_async/primitives.py` for event loops, and in `transport/primitives.py`, under the same names, for threads.
"""

import re
import shutil
from pathlib import Path

DERIVED = "_sync"
SOURCE = "_async"
BY_HAND = ("primitives.py", "cancelling.py", "aiohttp.py")
"""Files of event loops alone."""

_WORDS = (
    (r"\basync (def|with|for)\b", r"\1"),
    (r"`async with`", "`with`"),
    (r"\bawait ", ""),
    (r"\bAsync(?=[A-Z])", ""),
    (r"\basync_(?=[a-z])", "sync_"),
    (r"__a(enter|exit|iter|next)__", r"__\1__"),
    (r"\ba((?:close|closing|iter|next|read)\b|iter_)", r"\1"),
    (r"\bzoom_api_client\._async\.primitives\b", "zoom_api_client.transport.primitives"),
    (r"\bzoom_api_client\._async\b", "zoom_api_client._sync"),
)
_HEADER = "# Derived from zoom_api_client/_async/{source} by `python -m generator build`: do not edit.\n"


def derive(package: Path, elsewhere: Path | None = None) -> None:
    """Write `_sync/` below the package, or elsewhere."""
    target = (elsewhere or package) / DERIVED
    shutil.rmtree(target, ignore_errors=True)
    for path in sorted((package / SOURCE).rglob("*.py")):
        source = path.relative_to(package / SOURCE)
        if source.as_posix() in BY_HAND:
            continue
        place = target / source
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(blocking(path.read_text(encoding="utf-8"), source.as_posix()), encoding="utf-8")


def blocking(text: str, source: str) -> str:
    """Return the blocking form of an asynchronous module."""
    for pattern, replacement in _WORDS:
        text = re.sub(pattern, replacement, text)
    end = text.index('"""', 3) + 4
    return text[:end] + "\n" + _HEADER.format(source=source) + text[end:].lstrip("\n")
