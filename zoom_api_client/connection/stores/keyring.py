"""Tokens in files that are encrypted with a key in the system's keyring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import keyring
from cryptography.fernet import Fernet, InvalidToken
from keyring.backends import null
from keyring.errors import KeyringError, NoKeyringError

from zoom_api_client.connection.stores.file import WAIT, FileStore
from zoom_api_client.connection.stores.unreadable import Unreadable, read_text
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import ZoomError

_SERVICE = "zoom-api-client"
_NO_KEYRING = (
    "on a desktop install and unlock one (GNOME Keyring, KWallet, KeePassXC); on a server "
    "there is none: use store='file://' (only you can read its files), store='redis://…', or a keyring of your own "
    "(https://keyring.readthedocs.io)"
)


def _backend() -> Any:
    try:
        return keyring.get_keyring()
    except Exception as failure:  # PYTHON_KEYRING_BACKEND or keyringrc.cfg name one that there is not
        why = f"{type(failure).__name__}: {failure}"
    raise ValueError(f"the keyring that is configured cannot be loaded ({why})")


def _refuse_unsafe(backend: Any) -> None:
    """Refuse a keyring that keeps nothing, or keeps it unencrypted: the key would lie beside what it opens."""
    backend = next(iter(getattr(backend, "backends", ())), backend)  # of several in a chain the first is written to
    name = f"{type(backend).__module__}.{type(backend).__qualname__}"
    if isinstance(backend, null.Keyring):
        raise ValueError(f"the keyring of this machine is {name}, which keeps nothing: {_NO_KEYRING}")
    if any("plaintext" in each.__name__.lower() for each in type(backend).__mro__):
        raise ValueError(f"the keyring of this machine is {name}, which encrypts nothing: {_NO_KEYRING}")


class KeyringStore(FileStore):
    """A `FileStore` whose files are encrypted (Fernet: AES-128-CBC and HMAC-SHA256). Only their key is in the keyring.

    Keyrings hold little (Windows: 1,280 characters), and a token is longer. Whoever has the files alone, in a backup
    for example, has nothing. If the key is gone from the keyring, consent is needed again.

    Args:
        directory: the user's state directory if not given. Each directory has a key of its own.
        wait: seconds to wait for another process that holds the lock.
    """

    suffix: ClassVar[str] = "sealed"

    def __init__(self, directory: Path | str | None = None, *, wait: float = WAIT) -> None:
        super().__init__(directory, wait=wait)
        _refuse_unsafe(_backend())
        self._fernet = self._open()

    def load(self, key: str) -> str | None:
        text = super().load(key)
        if not text:
            return None
        try:
            return read_text(self._fernet.decrypt(text.encode()), self, key)
        except InvalidToken:
            pass
        raise Unreadable(self, key, "the key in the keyring is not the one that it was encrypted with")

    def save(self, key: str, text: str) -> None:
        super().save(key, self._fernet.encrypt(text.encode()).decode())

    @contextmanager
    def record_answer(self, key: str) -> Iterator[Callable[[bytes], int]]:
        with super().record_answer(key) as write:

            def keep(part: bytes) -> int:
                sealed = self._fernet.encrypt(part) + b"\n"
                return len(part) if write(sealed) == len(sealed) else 0

            yield keep

    def load_answer(self, key: str) -> bytes | None:
        lines = (super().load_answer(key) or b"").splitlines(keepends=True)
        try:
            return b"".join(self._fernet.decrypt(line) for line in lines if line.endswith(b"\n")) or None
        except InvalidToken:
            return None

    def _open(self) -> Fernet:
        """Return what encrypts. Backends raise what they like, and its text or its frames may hold the key."""
        try:
            return Fernet(self._secret_key().reveal())
        except NoKeyringError:
            why = f"this machine has no keyring: {_NO_KEYRING}"
        except KeyringError as refusal:
            why = f"the keyring did not give the key: unlock it, and try again ({refusal})"
        except ZoomError:
            raise
        except Exception as failure:
            why = f"the keyring of this machine does not keep a key ({type(failure).__name__}): {_NO_KEYRING}"
        raise ValueError(why)

    def _secret_key(self) -> Secret:
        """Return the key of the directory; the first of several processes makes it."""
        name = f"tokens in {self.directory.absolute()}"
        self._make_directory()
        with self._lock_file(self.directory / "keyring.lock"):
            if not keyring.get_password(_SERVICE, name):
                keyring.set_password(_SERVICE, name, Fernet.generate_key().decode())
            return Secret(keyring.get_password(_SERVICE, name) or "")

    def __repr__(self) -> str:
        return f"KeyringStore({str(self.directory)!r})"
