"""The Zoom account that the pages speak of: its users, meetings and calls, and what has happened there so far."""

from datetime import UTC, datetime, timedelta
from typing import Final

from zoom_api_client.testing.simulator import Simulator

TODAY: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
SERIES: Final = 93847566001
REVIEW: Final = 85746065432
ACCOUNT: Final = """
users:
  - email: owner@example.com
    meetings:
      - id: "93847566001"
        topic: Standup
        type: 8
        start_time: 2026-11-23T09:00:00Z
        duration: 15
        settings: {approval_type: 0}
        occurrences:
          - {occurrence_id: "1795424400000", start_time: "2026-11-23T09:00:00Z", duration: 15, status: available}
          - {occurrence_id: "1795510800000", start_time: "2026-11-24T09:00:00Z", duration: 15, status: available}
        registrants:
          - {email: mei@example.com, first_name: Mei, status: pending}
          - {email: omar@example.com, first_name: Omar, status: approved}
      - {id: "85746065432", topic: Review, type: 2, start_time: "2026-11-19T15:00:00Z", duration: 45}
    webinars:
      - id: "93847566001"
        topic: Launch
        type: 5
        start_time: 2026-12-01T16:00:00Z
        settings: {approval_type: 1}
        registrants:
          - {email: spam@example.com, first_name: Spam, status: pending}
        panelists:
          - {id: grace, email: grace@example.com, name: Grace}
  - {email: jane@example.com, first_name: Jane, last_name: Doe}
  - {email: left@example.com, status: inactive}
phone.users:
  - email: jane@example.com
    phone_numbers: [{number: "+12055550100"}]
chat.channels:
  - {id: 8d1f1a46a33b4de0b1a25a0b9b6b7a4d, name: Builds, type: 1}
accounts:
  - {id: sub-account id, account_name: Branch}
"""


def furnish(simulator: Simulator, today: datetime = TODAY) -> None:
    """Put the account there: yesterday both meetings were held and recorded, and a call made; one is held again."""
    simulator.clock.set(today - timedelta(days=1))
    simulator.seed(ACCOUNT)
    for meeting in (REVIEW, SERIES):
        simulator.start_meeting(meeting)
        simulator.join(meeting, "Mei Chen", "mei@example.com")
        simulator.clock.advance(1800)
        simulator.end_meeting(meeting)
        simulator.record(meeting, minutes=1)
    simulator.call("owner@example.com", "+12055550123", minutes=3)
    simulator.clock.set(today)
    simulator.start_meeting(SERIES)
