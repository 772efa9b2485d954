"""The two worlds have the same methods: what is learnt of one holds for the other."""

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

import zoom_api_client
from generator import unasync
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client._async.modules.chat import AsyncChat
from zoom_api_client._async.modules.meetings import AsyncMeetings
from zoom_api_client._async.modules.phone import AsyncPhone
from zoom_api_client._async.modules.recordings import AsyncRecordings
from zoom_api_client._async.modules.webinars import AsyncWebinars
from zoom_api_client._async.pages import AsyncPages
from zoom_api_client._sync.modules.chat import Chat
from zoom_api_client._sync.modules.meetings import Meetings
from zoom_api_client._sync.modules.phone import Phone
from zoom_api_client._sync.modules.recordings import Recordings
from zoom_api_client._sync.modules.webinars import Webinars
from zoom_api_client._sync.pages import Pages

TWINS: list[tuple[type, type]] = [
    (Zoom, AsyncZoom),
    (Meetings, AsyncMeetings),
    (Webinars, AsyncWebinars),
    (Recordings, AsyncRecordings),
    (Phone, AsyncPhone),
    (Chat, AsyncChat),
    (Pages, AsyncPages),
]
twins = pytest.mark.parametrize(("blocking", "awaited"), TWINS, ids=[pair[0].__name__ for pair in TWINS])


def blocking_name(name: str) -> str:
    """Return what something asynchronous is called in the blocking world."""
    return re.sub(r"\bAsync(?=[A-Z])|^a(?=close$)|(?<=^__)a(?=enter|exit|iter)", "", name)


def public(kind: type) -> dict[str, Any]:
    """Return what a class itself declares, by name."""
    special = {"__init__", "__enter__", "__exit__", "__aenter__", "__aexit__", "__iter__", "__aiter__", "__repr__"}
    return {name: each for name, each in vars(kind).items() if not name.startswith("_") or name in special}


def signature(member: Any) -> list[tuple[str, Any, Any, str]]:
    """Return the parameters and the result of a method, their types as in the blocking world."""
    function = inspect.unwrap(getattr(member, "func", getattr(member, "__func__", member)))
    found = inspect.signature(function)
    rows = [
        (name, each.kind, each.default, blocking_name(str(each.annotation))) for name, each in found.parameters.items()
    ]
    return [*rows, ("return", None, None, blocking_name(str(found.return_annotation)))]


@twins
def test_both_have_the_same_names_in_the_same_order(blocking: type, awaited: type) -> None:
    """A method that only one world has is missing in the other."""
    assert list(public(blocking)) == [blocking_name(name) for name in public(awaited)]


@twins
def test_both_take_and_return_the_same(blocking: type, awaited: type) -> None:
    """A default or a keyword that differs is found by a user who changes worlds."""
    for (name, one), other in zip(public(blocking).items(), public(awaited).values(), strict=True):
        assert type(one) is type(other), name
        pair = (one.fget, other.fget) if isinstance(one, property) else (one, other)
        assert signature(pair[0]) == signature(pair[1]), name


@twins
def test_only_the_asynchronous_ones_are_awaited(blocking: type, awaited: type) -> None:
    """A coroutine in the blocking world would never run; what sends in the other must be one."""
    assert not any(
        inspect.iscoroutinefunction(each) or inspect.isasyncgenfunction(each) for each in public(blocking).values()
    )
    # These send nothing.
    lazy = (
        "list",
        "pages",
        "from_env",
        "for_account",
        "for_connection",
        "with_options",
        "base_url",
        "drift_report",
        "__",
    )
    sends = [each for name, each in public(awaited).items() if not name.startswith(lazy) and inspect.isfunction(each)]
    assert all(inspect.iscoroutinefunction(each) for each in sends)


@twins
def test_both_are_documented_alike(blocking: type, awaited: type) -> None:
    """The pages of the documentation are made of these texts."""
    for kind in (blocking, awaited):
        for name, member in public(kind).items():
            if not name.startswith("_"):
                assert inspect.getdoc(member), f"{kind.__name__}.{name}"


def test_clients_have_modules_of_their_own_world() -> None:
    """`zoom.meetings` of a blocking client must block, and be made once."""
    zoom, async_zoom = Zoom("t"), AsyncZoom("t")
    assert type(zoom.meetings) is Meetings
    assert type(async_zoom.meetings) is AsyncMeetings
    assert zoom.meetings is zoom.meetings


ROOMS = ("core", "storage", "arguments", "transport", "connection", "quota", "downloads")
PACKAGE = Path(zoom_api_client.__file__).parent


def awaits(path: Path) -> list[str]:
    """Return what a file has of event loops."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
            found.append(f"{path.name}:{node.lineno}")
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [name for name in names if name.partition(".")[0] in ("asyncio", "anyio", "trio")]
    return found


def test_what_awaits_lies_in_one_room() -> None:
    """A twin outside would have to be kept in step by hand."""
    for room in ROOMS:
        assert not [found for path in (PACKAGE / room).rglob("*.py") for found in awaits(path)]


def test_only_primitives_name_an_event_loop() -> None:
    """What the other files of `_async/` import of asyncio would not run on trio."""
    for path in (PACKAGE / "_async").rglob("*.py"):
        if path.name not in unasync.BY_HAND:
            assert not [each for each in awaits(path) if ":" not in each], path
