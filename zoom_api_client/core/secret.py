"""A text that is never shown by accident: neither in a repr, nor in a log, nor among the locals of a traceback."""

from __future__ import annotations

import hashlib
import hmac
from typing import NoReturn


class Secret:
    """Holds a secret. `reveal()` gives it, for the place where it is sent or written."""

    __slots__ = ("_text",)

    def __init__(self, text: str | Secret) -> None:
        self._text: str = text._text if isinstance(text, Secret) else str(text).strip()

    def reveal(self) -> str:
        """Return the text."""
        return self._text

    def digest(self) -> str:
        """Return a name for the text that does not tell it."""
        return hashlib.sha256(self._text.encode()).hexdigest()

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "'…'" if self._text else "''"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not pickled: it would leave this process unseen")
