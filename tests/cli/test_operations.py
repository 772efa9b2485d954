"""Every operation from a terminal: options for its arguments, for fields of its body, or the body as a whole."""

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from calling import arguments, call_of, module_of

from tests.cli.being_there import let_be_there
from tests.cli.running import Here, Script
from tests.cli.simulated import Simulated
from zoom_api_client import Zoom
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.cli.options.option import TAKEN, kebab
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import operations
from zoom_api_client.core.redaction import is_secret
from zoom_api_client.errors import NotFound

pytestmark = pytest.mark.filterwarnings("ignore:Zoom has deprecated:DeprecationWarning")


def _is_whole(value: Any) -> bool:
    """Return whether the fields of a body say all of it: an empty object or list has none."""
    return value not in ({}, []) and not (isinstance(value, dict) and not all(map(_is_whole, value.values())))


def _has_fields(operation: Operation[Any]) -> bool:
    if operation.method not in ("POST", "PATCH", "PUT") or operation.media_type != "application/json":
        return False
    body = arguments(operation).get("body")
    if "|" in module_of(operation).request.__annotations__.get("body", "").removesuffix(" | Unset"):
        return False  # one of several models, which is given by --body
    return hasattr(body, "to_dict") and _is_whole(body.to_dict())


def _is_tried(operation: Operation[Any]) -> bool:
    """Return whether an operation neither gives nor takes a file: those have tests of their own."""
    return "bytes" not in operation.results.values() and operation.media_type == "application/json"


TRIED = random.Random(16).sample([*filter(_is_tried, operations())], 100)
SHUFFLED = random.Random(16).sample(operations(), len(operations()))
WITH_BODY = [*islice(filter(_has_fields, SHUFFLED), 40)]


def _words(operation: Operation[Any], given: dict[str, Any], directory: Path) -> Iterator[str]:
    """Yield the words of the command line that says what these arguments say; a body goes by `--body`."""
    for name, value in given.items():
        where = operation.path.lower().replace("_", "")
        if name == "body":
            file = directory / "body.json"
            file.write_text(json.dumps(value.to_dict() if hasattr(value, "to_dict") else value))
            yield f"--body=@{file}"
        elif f"{{{name.replace('_', '')}}}" in where:
            yield str(value)
        else:
            yield from _option(f"query.{kebab(name)}" if kebab(name) in TAKEN else kebab(name), name, value, directory)


def _option(option: str, name: str, value: Any, directory: Path) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if is_secret(name) and isinstance(each, str):
            (directory / option).write_text(str(each))
            yield f"--{option}=@{directory / option}"
        else:
            yield f"--{option}={str(each).lower() if isinstance(each, bool) else each}"


@pytest.mark.parametrize("operation", TRIED, ids=str)
def test_an_operation_sends_what_the_library_sends(
    operation: Operation[Any], command: Script, zoom: Simulated, tmp_path: Path
) -> None:
    """A hundred at random, with arguments from the contract: same path, query and body; its answer is written."""
    given = arguments(operation)
    let_be_there(zoom, operation, given)
    words = [*_words(operation, given, tmp_path), "--yes", "--show-secrets"]
    ran = command("api", kebab(operation.product), kebab(operation.name), *words)
    (sent,) = zoom.exchanges
    assert not sent.violations
    assert ran.code == (ExitCode.NOT_FOUND if sent.answer.status == 404 else ExitCode.DONE), ran.err
    wanted = call_of(Zoom("a token"), operation).request(**given)
    assert sent.request.method == operation.method
    assert urlsplit(sent.request.url).path.removeprefix("/v2") == wanted.path
    assert sorted(parse_qsl(urlsplit(sent.request.url).query, keep_blank_values=True)) == sorted(wanted.query)
    if "body" in given:
        assert json.loads(sent.request.body) == wanted.json
    if ran.out:
        answer = json.loads(sent.answer.body)
        assert [*map(json.loads, ran.out.splitlines())] == (answer if isinstance(answer, list) else [answer])


def test_nearly_every_operation_that_is_tried_is_done(zoom: Simulated) -> None:
    """What is asked for is there: few of them test no more than that Zoom did not find it."""
    done = 0
    for operation in TRIED:
        zoom.begin()
        given = arguments(operation)
        let_be_there(zoom, operation, given)
        with Zoom(zoom.give_token(), base_url=zoom.base_url) as client, suppress(NotFound):
            client.send(call_of(client, operation).request(**given))
            done += 1
    assert done >= len(TRIED) - 2


def _leaves(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, each in value.items():
        if isinstance(each, dict) and each:
            yield from _leaves(each, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", each


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_fields_of_a_body_are_options(operation: Operation[Any], here: Here, tmp_path: Path) -> None:
    """What an option says stands in the body where its path says, in the type that Zoom wants."""
    given = arguments(operation)
    body = given.pop("body").to_dict()
    words = [*_words(operation, given, tmp_path)]
    for path, value in _leaves(body):
        name = ".".join(map(kebab, path.split(".")))
        name = f"body.{name}" if name in {*TAKEN, *map(kebab, given)} else name
        is_plain = not isinstance(value, list) or all(isinstance(each, str | int | float) for each in value)
        words += _option(name, path, value if is_plain else json.dumps(value), tmp_path)
    ran = here("api", kebab(operation.product), kebab(operation.name), *words, "--dry-run", "--show-secrets")
    assert ran.code == 0, ran.err
    wanted = call_of(Zoom("a token"), operation).request(**given, body=arguments(operation)["body"])
    assert ran.json["body"] == wanted.json


def test_options_go_over_a_body(here: Here) -> None:
    """What an option says wins, and the rest of the body stays."""
    body = '{"topic": "Old", "duration": 15, "settings": {"host_video": true, "mute_upon_entry": true}}'
    words = ["--body", "-", "--topic", "New", "--settings.host-video=false", "--dry-run"]
    ran = here("api", "meetings", "create-meeting", "me", *words, stdin=body)
    assert ran.json["body"] == {
        "topic": "New",
        "duration": 15,
        "settings": {"host_video": False, "mute_upon_entry": True},
    }


def test_help_has_the_facts_of_an_operation(here: Here) -> None:
    """Method, path, scopes, label, plan and Zoom's page stand below the options."""
    told = " ".join(here("api", "meetings", "create-meeting", "--help", COLUMNS="200").out.split())
    assert "Request: POST /users/{userId}/meetings" in told
    assert "Scopes, one of: meeting:write:meeting, meeting:write:meeting:admin" in told
    assert "Rate limit: light" in told
    assert "https://developers.zoom.us/docs/api/meetings/" in told
    assert "--settings.auto-recording" in told


def test_all_reads_the_whole_list(command_here: Here, zoom: Simulated) -> None:
    """Without it a page is written, with it the items."""
    page = json.loads(command_here("api", "users", "list-users", "--status", "active").out)
    items = [json.loads(line) for line in command_here("api", "users", "list-users", "--all").out.splitlines()]
    assert len(items) >= len(page["users"]) > 0
    assert all("email" in each for each in items)


def test_operations_are_found_by_words(here: Here) -> None:
    """The words may stand in names and paths, in any order."""
    ran = here("api", "search", "queue call")
    found = [json.loads(line)["operation"] for line in ran.out.splitlines()]
    assert "phone list-call-queues" in found
    assert here("api", "search", "no-such-thing").code == 2


def test_any_path_can_be_called(command_here: Here, zoom: Simulated) -> None:
    """A call, a list across its pages, and a body."""
    assert "id" in json.loads(command_here("call", "GET", "/users/me").out)
    listed = command_here("call", "get", "/users", "--query", "status=active", "--all")
    assert len(listed.out.splitlines()) == 2
    made = command_here("call", "POST", "/users/me/meetings", "--body", '{"topic": "Standup"}')
    assert made.json["id"]
    assert not zoom.violations


def test_a_file_is_written(command_here: Here, zoom: Simulated, tmp_path: Path) -> None:
    """An operation that answers with a file takes where to write it."""
    to = tmp_path / "call.mp3"
    ran = command_here("api", "phone", "download-phone-recording", "f-1", "--to-file", str(to))
    assert (ran.code, ran.json) == (0, {"path": str(to)})
    assert to.stat().st_size


def test_a_file_is_sent(command_here: Here, zoom: Simulated, tmp_path: Path) -> None:
    """A field that is a file takes its path."""
    picture = tmp_path / "me.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    ran = command_here("api", "users", "upload-users-profile-picture", "me", "--pic-file", str(picture))
    assert (ran.code, ran.err) == (0, "")
    assert b'filename="me.png"' in zoom.exchanges[-1].request.body
    assert not zoom.violations
