"""A keyring for tests: a file named by KEYRING_FILE. Other processes find it by PYTHON_KEYRING_BACKEND."""

import json
import os
from pathlib import Path
from typing import ClassVar

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    """Holds passwords, of 1,280 characters at most, as on Windows."""

    priority: ClassVar[float] = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._held().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        assert len(password) <= 1280
        self._path.write_text(json.dumps({**self._held(), f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        self._path.unlink()

    @property
    def _path(self) -> Path:
        return Path(os.environ["KEYRING_FILE"])

    def _held(self) -> dict[str, str]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}
