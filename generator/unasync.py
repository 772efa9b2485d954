"""Derive the blocking half of the client from the asynchronous one, word by word, as httpcore does."""

import re
import shutil
from pathlib import Path

DERIVED = "_sync"
SOURCE = "_async"

_WORDS = (
    (r"`AsyncZoom`: (.*)`Zoom` is derived from this file\.", r"`Zoom`: \1Derived from the asynchronous client."),
    (r"The blocking `Pages` is derived from this file\.", "Derived from the asynchronous `AsyncPages`."),
    (r"The blocking protocols are derived from this file\.", "Derived from the asynchronous ones."),
    (
        r"The blocking (?:one|`(?:pieces|Fetch|download)`) is derived from this file\.",
        "Derived from the asynchronous one.",
    ),
    (r"Close it, or use it in an `async with`\.", "Close it, or use it in a `with`."),
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait asyncio\.to_thread\(([\w.]+)\)", r"\1()"),
    (r"\bawait ", ""),
    (r"\bAsync(?=[A-Z])", ""),
    (r"__a(enter|exit|iter|next)__", r"__\1__"),
    (r"\baclos(e|ing)\b", r"clos\1"),
    (r"\ba(next\(|iter_bytes\b|together\b)", r"\1"),
    (r"\bab(?=ase_url\b)", "b"),
    (r"\b(wait|after)_async\b", r"\1"),
    (r"\ba(who|acquire|refund|learn|token)\b", r"\1"),
    (r"\basyncio\.sleep\b", "time.sleep"),
    (r"(?m)^import asyncio$", "import time"),
    (r"\bzoom_api_client\._async\b", "zoom_api_client._sync"),
)
_HEADER = "# Derived from zoom_api_client/_async/{source} by `python -m generator build`: do not edit.\n"


def derive(package: Path, elsewhere: Path | None = None) -> None:
    """Write `_sync/` below the package, or elsewhere."""
    target = (elsewhere or package) / DERIVED
    shutil.rmtree(target, ignore_errors=True)
    for path in sorted((package / SOURCE).rglob("*.py")):
        source = path.relative_to(package / SOURCE)
        place = target / source
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(blocking(path.read_text(encoding="utf-8"), source.as_posix()), encoding="utf-8")


def blocking(text: str, source: str) -> str:
    """Return the blocking form of an asynchronous module."""
    for pattern, replacement in _WORDS:
        text = re.sub(pattern, replacement, text)
    end = text.index('"""', 3) + 4
    return text[:end] + "\n" + _HEADER.format(source=source) + text[end:].lstrip("\n")
