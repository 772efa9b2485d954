"""pyzoom from PyPI: consent in a browser, its own exchange of codes and refresh tokens, and its named calls."""

import sys
from urllib.parse import parse_qs, urlsplit

import requests
from pyzoom import ZoomClient
from pyzoom.oauth import refresh_tokens, request_tokens

client_id, client_secret, *_ = sys.argv[1:]
BACK = "http://localhost:3000/callback"
START = {"start_time": "2026-12-01T09:00:00", "duration_min": 15}


def consent():
    """Allow the app what it asks, as a user in a browser does; return the code."""
    asked = {"response_type": "code", "client_id": client_id, "redirect_uri": BACK}
    page = requests.post("https://zoom.us/oauth/authorize", data={**asked, "decision": "allow"}, allow_redirects=False)
    return parse_qs(urlsplit(page.headers["Location"]).query)["code"][0]


def check(holds, what):
    """Say what holds; the first that does not ends all."""
    if not holds:
        raise SystemExit(f"not so: {what}")
    print(f"ok  {what}")


given = request_tokens(client_id, client_secret, BACK, consent())
given = refresh_tokens(client_id, client_secret, given["refresh_token"])
client = ZoomClient(given["access_token"], given["refresh_token"])
meetings = client.meetings

made = meetings.create_meeting("Standup", **START)
check(made.topic == "Standup", "a meeting is created")
check(made.id in [each.id for each in meetings.list_meetings().meetings], "it is listed")
meetings.update_meeting("Retro", meeting_id=made.id, **START)
check(meetings.get_meeting(made.id).topic == "Retro", "it is changed")
guest = meetings.add_meeting_registrant(made.id, first_name="Mei", last_name="Lin", email="mei@example.com")
meetings.approve_registration(made.id, registrant_id=guest.registrant_id, email="mei@example.com")
listed = [each.email for each in meetings.list_meeting_registrants(made.id).registrants]
check(listed == ["mei@example.com"], "its registrant is listed")
check(client.users.get_users("active").users, "users are listed")
check(meetings.delete_meeting(made.id), "it is deleted")
check(client.raw.get(f"/meetings/{made.id}", raise_on_error=False).status_code == 404, "it is gone")
