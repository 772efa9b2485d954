"""zoomus from PyPI: calls of its components that Zoom would take. It sends what names the path in the query too."""

import sys

from zoomus import ZoomClient

client = ZoomClient(*sys.argv[1:4])
OPEN = {"approval_type": 0}  # anybody may register
DAYS = {"from": "2026-01-01", "to": "2026-01-31"}


def check(name, answer, status):
    """Say how a call went; the first that Zoom would not answer so ends all."""
    if answer.status_code != status:
        raise SystemExit(f"{name}: {answer.status_code} instead of {status}: {answer.text[:300]}")
    print(f"ok  {name}")
    return answer.json() if answer.content else None


user = check("user.get", client.user.get(id="me"), 200)
check("user.list", client.user.list(), 200)
check("user.get_settings", client.user.get_settings(id="me"), 200)
made = check("meeting.create", client.meeting.create(user_id="me", topic="Standup", type=2, settings=OPEN), 201)
meeting = str(made["id"])
listed = check("meeting.list", client.meeting.list(user_id="me"), 200)
assert meeting in [str(each["id"]) for each in listed["meetings"]], listed
check("meeting.update", client.meeting.update(id=meeting, topic="Retro"), 204)
assert check("meeting.get", client.meeting.get(id=meeting), 200)["topic"] == "Retro"
guest = {"email": "mei@example.com", "first_name": "Mei", "last_name": "Lin"}
check("meeting.add_registrant", client.meeting.add_registrant(id=meeting, **guest), 201)
registrants = check("meeting.list_registrants", client.meeting.list_registrants(id=meeting), 200)
assert [each["email"] for each in registrants["registrants"]] == ["mei@example.com"], registrants
check(
    "live_stream.update",
    client.live_stream.update(
        meeting_id=meeting, stream_url="https://example.com/live", stream_key="key", page_url="https://example.com"
    ),
    204,
)
check("meeting.delete", client.meeting.delete(id=meeting), 204)
check("meeting.get", client.meeting.get(id=meeting), 404)
webinar = str(check("webinar.create", client.webinar.create(user_id="me", topic="All hands", type=5), 201)["id"])
check("webinar.list", client.webinar.list(user_id="me"), 200)
check("webinar.get", client.webinar.get(id=webinar), 200)
check("webinar.update", client.webinar.update(id=webinar, topic="Town hall"), 204)
check("webinar.delete", client.webinar.delete(id=webinar), 204)
check("recording.list", client.recording.list(user_id="me"), 200)
check("report.get_daily_report", client.report.get_daily_report(year=2026, month=1), 200)
check("phone.users", client.phone.users(), 200)
check("phone.call_logs", client.phone.call_logs(), 200)
group = str(check("group.create", client.group.create(name="Staff"), 201)["id"])
check("group.list", client.group.list(), 200)
check("group.get", client.group.get(id=group), 200)
check("group.delete", client.group.delete(id=group), 204)
check("role.list", client.role.list(), 200)
check("contacts.search", client.contacts.search(search_key="mei"), 200)
