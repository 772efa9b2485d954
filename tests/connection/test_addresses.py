"""Credentials go to Zoom, or to where whoever has them says."""

import logging
from pathlib import Path

import pytest

from zoom_api_client import Zoom
from zoom_api_client.connection import from_env

APP = {"ZOOM_ACCOUNT_ID": "a", "ZOOM_CLIENT_ID": "c", "ZOOM_CLIENT_SECRET": "s"}
EVIL = {"ZOOM_BASE_URL": "https://evil.example/v2", "ZOOM_OAUTH_URL": "https://evil.example"}


def written(directory: Path, values: dict[str, str]) -> Path:
    """Write a `.env` file."""
    path = directory / ".env"
    path.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    return path


@pytest.mark.parametrize("real", [APP, {"ZOOM_ACCESS_TOKEN": "t"}, {"ZOOM_CLIENT_SECRET": "s"}])
def test_file_does_not_redirect_credentials_of_the_environment(
    tmp_path: Path, real: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """Programs are started in directories that others wrote: a part of the credentials is enough."""
    file = written(tmp_path, {**APP, **EVIL})
    with caplog.at_level(logging.WARNING):
        found = from_env(real, env_file=file)
    assert (found.known_base_url, found._oauth_url) == ("https://api.zoom.us/v2", "https://zoom.us")
    assert "ZOOM_BASE_URL of the .env file is not used" in caplog.text


def test_addresses_count_where_the_credentials_are(tmp_path: Path) -> None:
    """Both in the file, or both in the environment."""
    near = {"ZOOM_BASE_URL": "http://127.0.0.1:1/v2"}
    assert from_env({}, env_file=written(tmp_path, {**APP, **near})).known_base_url == "http://127.0.0.1:1/v2"
    assert from_env({**APP, **near}, env_file=None)._oauth_url == "http://127.0.0.1:1"


@pytest.mark.parametrize("url", ["http://api.zoom.us/v2", "http://10.0.0.1/v2", "http://localhost.example/v2"])
def test_tokens_are_not_sent_in_the_clear(url: str) -> None:
    """Plain HTTP is for this machine alone."""
    with pytest.raises(ValueError, match="must be https"):
        Zoom("t", base_url=url)
    with pytest.raises(ValueError, match="must be https"):
        from_env({**APP, "ZOOM_BASE_URL": url}, env_file=None)
