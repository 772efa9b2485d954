"""The fields of a user: Zoom shows many, also where little more than an e-mail address was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from zoom_api_client.testing.simulator import bare

_LICENSED = 2


def whole(user_id: str, said: Mapping[str, Any], *, account: str, now: str) -> dict[str, Any]:
    """Return all fields of a user of which some are said. Nothing else is shown of them."""
    first, last = (str(said.get(name) or "") for name in ("first_name", "last_name"))
    pmi = 1_000_000_000 + crc32(user_id.encode()) % 9_000_000_000
    usual = {
        "type": _LICENSED, "status": "active", "timezone": "UTC", "account_id": account,
        "created_at": now, "user_created_at": now, "first_name": first, "last_name": last, "role_id": "2",
        "display_name": " ".join(filter(None, (first, last))) or said.get("email", ""), "role_name": "Member",
        "verified": 1, "login_types": [100], "use_pmi": False, "pmi": pmi,
        "personal_meeting_url": f"https://zoom.us/j/{pmi}", "jid": f"{user_id.lower()}@xmpp.zoom.us",
    }  # fmt: skip
    return bare.fields("users", {**usual, **said, "id": user_id})
