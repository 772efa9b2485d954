"""What the keyring keeps is the key to the tokens: files alone tell nothing, and one that cannot keep it is refused."""

from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backends import null
from keyring.backends.fail import Keyring as NoKeyring

from tests.connection.authorization_server import AuthorizationServer
from tests.connection.keyring_in_a_file import FileKeyring
from tests.connection.test_single_flight import expired
from zoom_api_client.connection import ConsentNeeded
from zoom_api_client.connection.stores.base import open_store


def test_files_tell_nothing_without_the_keyring(tmp_path: Path, server: AuthorizationServer, a_keyring: None) -> None:
    """Neither the token, nor an answer that a killed process received; with another key consent is needed."""
    connection = expired(server, f"keyring://{tmp_path}")
    with connection.store.lock(connection._key), connection.store.record_answer(connection._key) as keep:
        keep(b"SECRET-half")
    files = {each.suffix: each.read_bytes() for each in tmp_path.iterdir()}
    assert files.keys() - {".lock"} == {".answer", ".sealed"}  # filelock before 4 takes its file away
    assert not [content for content in files.values() if b"SECRET" in content or b"access_token" in content]
    keyring.delete_password("zoom-api-client", f"tokens in {tmp_path}")
    again = type(connection)(
        connection.client_id, "SECRET-client", oauth_url=server.origin, store=f"keyring://{tmp_path}"
    )
    assert again._key == connection._key
    with pytest.raises(ConsentNeeded):
        again.token()


def test_no_keyring_says_what_to_do(tmp_path: Path, a_keyring: None) -> None:
    """A server has none."""
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    with pytest.raises(ValueError, match=r"no keyring.*file://"):
        open_store(f"keyring://{tmp_path}")


def raising(failure: Exception) -> Callable[..., None]:
    """Return a method of a keyring's that fails, with what it was given in its text."""

    def fail(self: object, *given: str) -> None:
        raise failure.__class__(f"no: {given}")

    return fail


@pytest.mark.parametrize("kind", [OSError, RuntimeError, AssertionError, ValueError], ids=lambda each: each.__name__)
def test_a_keyring_that_fails_by_an_error_of_its_own_is_refused(
    tmp_path: Path, a_keyring: None, kind: type[Exception]
) -> None:
    """Backends raise what they like; the text, and the frames it came through, may hold the key."""
    keyring.set_keyring(type("Odd", (FileKeyring,), {"set_password": raising(kind())})())
    with pytest.raises(ValueError, match=rf"does not keep a key \({kind.__name__}\).*file://") as refused:
        open_store(f"keyring://{tmp_path}")
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None
    assert "tokens in" not in str(refused.value)


@pytest.mark.parametrize("kept", [None, "", "half a key", "é" * 44], ids=repr)
def test_a_keyring_that_gives_back_something_else_is_refused(tmp_path: Path, a_keyring: None, kept: str | None) -> None:
    """One that loses what it took, and one that cuts it off."""
    keyring.set_keyring(type("Odd", (FileKeyring,), {"get_password": lambda *_: kept})())
    with pytest.raises(ValueError, match=r"does not keep a key .*file://"):
        open_store(f"keyring://{tmp_path}")


def test_a_keyring_that_is_configured_and_not_there_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name in the environment, from another machine perhaps."""
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "elsewhere.Keyring")
    with pytest.raises(ValueError, match=r"cannot be loaded .*elsewhere"):
        open_store(f"keyring://{tmp_path}")


@pytest.mark.parametrize(("name", "why"), [("PlaintextKeyring", "encrypts nothing"), ("Keyring", "keeps nothing")])
def test_keyring_that_protects_nothing_is_refused_by_name(tmp_path: Path, a_keyring: None, name: str, why: str) -> None:
    """The key would lie in the open beside the files that it opens, or nowhere."""
    unsafe = type(name, (null.Keyring if name == "Keyring" else FileKeyring,), {})
    keyring.set_keyring(unsafe())
    with pytest.raises(ValueError, match=rf"{name}.*{why}.*file://"):
        open_store(f"keyring://{tmp_path}")
