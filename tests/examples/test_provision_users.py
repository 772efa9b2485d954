"""Provisioning: what differs is done, and nothing else; nothing at all before somebody has read it."""

from pathlib import Path
from typing import Any

import pytest

from examples import provision_users as program
from zoom_api_client import errors
from zoom_api_client.testing import MockZoom

FILE = """\
email,first_name,last_name,type
new@example.com,Nora,New,2
same@example.com,Sam,Same,1
Changed@example.com,Carla,Changed,2
back@example.com,Bill,Back,1
"""


def users(*names: str, status: str) -> dict[str, Any]:
    """Return a list of basic users."""
    of = [name.split() for name in names]
    listed = [{"email": f"{last.lower()}@example.com", "first_name": f, "last_name": last, "type": 1} for f, last in of]
    return {"users": [{**each, "status": status} for each in listed], "next_page_token": ""}


@pytest.fixture
def account(zoom: MockZoom) -> MockZoom:
    """An account with users of each state."""
    lists = zoom.users.list_users.returns(**users("Sam Same", "Carla Changed", "Otto Other", status="active"))
    lists.then.returns(**users("Bill Back", status="inactive")).then.returns(**users(status="pending"))
    Path("users.csv").write_text(FILE, encoding="utf-8")
    return zoom


def changes(zoom: MockZoom) -> list[str]:
    """Return the calls that change something."""
    return [repr(call) for call in zoom.calls if call.request.method != "GET"]


def test_nothing_is_changed_without_apply(account: MockZoom, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever reads it sees what would happen, and to whom."""
    assert program.main(["users.csv", "--deactivate-others"]) == 0
    assert changes(account) == []
    assert capsys.readouterr().out.splitlines() == [
        "would create new@example.com {'first_name': 'Nora', 'last_name': 'New', 'type': 2}",
        "would change Changed@example.com {'type': 2}",
        "would activate back@example.com",
        "would deactivate other@example.com",
    ]


def test_what_differs_is_done(account: MockZoom) -> None:
    """Who is as the file says is left alone, and others too unless they are to be deactivated."""
    assert program.main(["users.csv", "--apply"]) == 0
    assert len(changes(account)) == 3
    assert account.users.create_users.called_once_with(action="create")
    assert account.users.update_user.called_once_with(type=2)
    assert account.users.update_user_status.called_once_with(user_id="back@example.com", action="activate")


def test_wrong_row_stops_before_the_first_step(account: MockZoom) -> None:
    """Half a file that is done is worse than none."""
    Path("users.csv").write_text(FILE + "last@example.com,Lea,Last,3\n", encoding="utf-8")
    with pytest.raises(ValueError, match="type"):
        program.main(["users.csv", "--apply"])
    assert changes(account) == []


def test_refused_step_does_not_keep_the_others(account: MockZoom, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told, and the exit status says so."""
    account.users.create_users.raises(errors.Conflict)
    assert program.main(["users.csv", "--apply"]) == 1
    assert "refused" in capsys.readouterr().err
    assert account.users.update_user_status.called
