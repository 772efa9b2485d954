"""Webinars of a simulator: who may have them, their panelists, and that they are held like meetings."""

from collections.abc import Iterator

import pytest

from tests.simulator.hearing import hear
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.testing import mock_zoom
from zoom_api_client.testing.simulator import Simulator

MEI, OMAR = ({"email": f"{name.lower()}@example.com", "name": name} for name in ("Mei", "Omar"))


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """Return a simulator that the clients of a test reach, whose events are judged when the test is over."""
    with mock_zoom(stateful=True) as mock:
        hearing = hear(mock.simulator)
        yield mock.simulator
        assert not hearing.violations


@pytest.fixture
def zoom(simulator: Simulator) -> Iterator[Zoom]:
    """Return a client of it."""
    with Zoom("any token") as zoom:
        yield zoom


def test_a_user_without_the_plan_has_no_webinars(simulator: Simulator, zoom: Zoom) -> None:
    """Zoom refuses with code 200; who has only a Basic licence has no plan, and settings take it from others."""
    simulator.seed({"users": [{"id": "basic", "type": 1}, {"id": "jane", "type": 2}]})
    zoom.webinars.create("jane", {"topic": "Launch"})
    zoom.api.users.update_user_settings("jane", body={"feature": {"webinar": False}})
    for user in ("basic", "jane"):
        with pytest.raises(errors.PlanRequired) as refused:
            zoom.webinars.create(user, {"topic": "Launch"})
        assert refused.value.code == 200
    with pytest.raises(errors.PlanRequired):
        list(zoom.webinars.list("jane"))


def test_a_plan_that_is_missing_may_come_with_status_200(simulator: Simulator, zoom: Zoom) -> None:
    """Zoom's document of this one operation says so; the client must not take it for success."""
    webinar = zoom.webinars.create("me", {"topic": "Launch"})
    zoom.api.users.update_user_settings("me", body={"feature": {"webinar": False}})
    with pytest.raises(errors.APIError) as refused:
        zoom.api.meetings.update_webinar_status(webinar.id, body={"action": "end"})
    assert (refused.value.status, refused.value.code) == (200, 200)


def test_a_webinar_is_held_and_ended(simulator: Simulator, zoom: Zoom) -> None:
    """Webinars have the same life as meetings, and events of their own."""
    webinar = zoom.webinars.create("me", {"topic": "Launch", "settings": {"approval_type": 0}})
    zoom.webinars.add_registrant(webinar.id, {"email": "mei@example.com", "first_name": "Mei"})
    zoom.webinars.add_registrant(webinar.id, {"email": "omar@example.com", "first_name": "Omar"})
    hearing = hear(simulator)
    simulator.start_webinar(webinar.id)
    simulator.join(webinar.id, "Mei", "mei@example.com")
    zoom.api.meetings.update_webinar_status(webinar.id, body={"action": "end"})
    assert hearing.names[:3] == ["webinar.started", "webinar.participant_joined", "webinar.participant_joined"]
    assert hearing.names[-1] == "webinar.ended"
    api = zoom.api.meetings
    assert [each.name for each in api.list_webinar_participants(str(webinar.id)).participants] == ["Olga Owner", "Mei"]
    assert [each.first_name for each in api.get_webinar_absentees(str(webinar.id)).registrants] == ["Omar"]
    assert len(api.list_past_webinar_instances(webinar.id).webinars) == 1


def test_a_webinar_in_series_has_occurrences(zoom: Zoom) -> None:
    """Type 9 is to webinars what 8 is to meetings."""
    recurrence = {"type": 1, "repeat_interval": 1, "end_times": 3}
    webinar = zoom.webinars.create("me", {"type": 9, "start_time": "2100-03-01T09:00:00Z", "recurrence": recurrence})
    zoom.webinars.delete(webinar.id, occurrence_id=webinar.occurrences[0].occurrence_id)
    shown = [each.status for each in zoom.webinars.get(webinar.id).occurrences]
    assert shown == ["deleted", "available", "available"]


def test_panelists_are_added_listed_and_removed(zoom: Zoom) -> None:
    """Each has a link; who is added twice is one; one is removed, or all are."""
    webinar = zoom.webinars.create("me", {"topic": "Launch"})
    zoom.webinars.add_panelists(webinar.id, [MEI, OMAR])
    zoom.webinars.add_panelists(webinar.id, [{**MEI, "name": "Mei Lin"}])
    mei, omar = zoom.webinars.list_panelists(webinar.id)
    assert (mei.name, omar.name) == ("Mei Lin", "Omar")
    assert mei.join_url != omar.join_url
    zoom.webinars.remove_panelist(webinar.id, mei.id)
    assert [each.name for each in zoom.webinars.list_panelists(webinar.id)] == ["Omar"]
    zoom.api.meetings.remove_all_panelists(webinar.id)
    assert not list(zoom.webinars.list_panelists(webinar.id))


async def test_an_awaited_client_sees_the_same() -> None:
    """Both worlds call the same simulator."""
    async with AsyncZoom("any token") as zoom:
        with mock_zoom(stateful=True) as mock:
            webinar = await zoom.webinars.create("me", {"topic": "Launch"})
            await zoom.webinars.add_panelists(webinar.id, [MEI])
            assert [each.name async for each in zoom.webinars.list_panelists(webinar.id)] == ["Mei"]
            mock.simulator.start_webinar(webinar.id)
            mock.simulator.end_webinar(webinar.id)
            held = await zoom.api.meetings.list_past_webinar_instances(webinar.id)
            assert len(held.webinars) == 1
