"""Subscriptions from code, in both worlds, against a Zoom that keeps them and judges each request by the contract."""

import json
from collections.abc import AsyncIterator
from typing import Any

import attrs
import httpx
import pytest
import pytest_asyncio

from tests.client.worlds import World
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.testing import IncomingRequest, Responder
from zoom_api_client.triggers import AsyncEventSubscriptions, EventSubscriptions

URL = "https://hooks.example.com/zoom"


@attrs.define
class Marketplace:
    """Zoom's Marketplace, as far as subscriptions go."""

    kept: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    calls: list[str] = attrs.field(factory=list)
    judge: Responder = attrs.field(factory=Responder)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.judge.answer(IncomingRequest(request.method, str(request.url), dict(request.headers), request.content))
        name = request.url.path.rpartition("event_subscription")[2].strip("/")
        self.calls.append(f"{request.method} {name}".strip())
        if request.method == "POST":
            made = f"sub{len(self.kept) + 1}"
            self.kept[made] = {
                "event_subscription_id": made,
                "created_source": "openapi",
                **json.loads(request.content),
            }
            return httpx.Response(201, json={"event_subscription_id": made})
        if request.method == "GET":
            return httpx.Response(200, json={"event_subscriptions": list(self.kept.values())})
        if request.method == "DELETE" and name:
            del self.kept[name]
        return httpx.Response(204)


@attrs.define
class Case:
    """Subscriptions of one world, and the Marketplace that they are made at."""

    subscriptions: Any
    world: World
    zoom: Marketplace

    async def __call__(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a method."""
        return await self.world.of(getattr(self.subscriptions, method)(*args, **kwargs))


@pytest_asyncio.fixture(params=[Zoom, AsyncZoom], ids=["blocking", "asynchronous"])
async def case(request: pytest.FixtureRequest) -> AsyncIterator[Case]:
    """The blocking world, then the asynchronous one."""
    world, marketplace = World(request.param), Marketplace()
    client = world.zoom(marketplace)
    kind: Any = EventSubscriptions if request.param is Zoom else AsyncEventSubscriptions
    yield Case(kind(client), world, marketplace)
    assert marketplace.judge.violations == []
    await world.close(client)


async def test_subscription_is_made_changed_listed_and_ended(case: Case) -> None:
    """Everything that Zoom's page can do."""
    made = await case("create", URL, ["meeting.started", "meeting.started"], name="ours", user_ids=["u1"])
    assert case.zoom.kept[made]["events"] == ["meeting.started"]
    assert case.zoom.kept[made]["subscription_scope"] == "account"
    listed = await case.world.all(case.subscriptions.list("account", "me"))
    assert [each.event_subscription_name for each in listed] == ["ours"]
    await case("add", made, account_id="a", user_ids=["u2", "u3"])
    await case("remove", made, account_id="a", user_ids=["u2", "u3"])
    assert case.world.seen[-1].url.params["user_ids"] == "u2,u3"
    await case("delete", made)
    assert case.zoom.kept == {}
    assert case.zoom.calls == ["POST", "GET", "PATCH sub1", "DELETE", "DELETE sub1"]


async def test_subscription_that_is_there_stays(case: Case) -> None:
    """A program that starts again must not use up the 20 that an app may have."""
    ids = {await case("ensure", URL, names, account_id="a", user_id="me") for names in (["user.created"],) * 3}
    assert ids == {"sub1"}
    assert case.zoom.calls == ["GET", "POST", "GET", "GET"]


async def test_other_events_take_a_new_subscription_before_the_old_one_goes(case: Case) -> None:
    """There are two in between, and never none."""
    await case("create", URL, ["user.created"])
    await case("create", "https://elsewhere.example.com/", ["user.created"])
    made = await case("ensure", URL, ["user.created", "user.deleted"], account_id="a", user_id="me")
    assert case.zoom.calls[-3:] == ["GET", "POST", "DELETE sub1"]
    assert set(case.zoom.kept) == {"sub2", made}


async def test_subscription_of_the_page_is_left_alone(case: Case) -> None:
    """Zoom does not let code delete it."""
    made = await case("create", URL, ["user.created"])
    case.zoom.kept[made]["created_source"] = "default"
    await case("ensure", URL, ["user.deleted"], account_id="a", user_id="me")
    assert "DELETE sub1" not in case.zoom.calls


@pytest.mark.parametrize(
    ("url", "names", "more", "said"),
    [
        ("http://hooks.example.com/", ["user.created"], {}, "https and a full domain name"),
        ("https://localhost/", ["user.created"], {}, "full domain name"),
        (URL, ["user.creatd"], {}, "did you mean 'user.created'"),
        (URL, [], {}, "no events to subscribe to"),
        (URL, ["user.created"], {"user_ids": ["u"] * 11}, "10 users or teams"),
    ],
)
async def test_what_zoom_would_refuse_is_not_sent(
    case: Case, url: str, names: list[str], more: dict[str, Any], said: str
) -> None:
    """The error says what to do."""
    with pytest.raises(ValueError, match=said):
        await case("create", url, names, **more)
    with pytest.raises(TypeError, match="give a list"):
        await case("create", URL, ["user.created"], user_ids="u1")
    assert case.zoom.calls == []
