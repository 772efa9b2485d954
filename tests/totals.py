"""How much there is of Zoom's, counted in the documents in `openapi/` rather than in what was made of them."""

import json
from pathlib import Path

from generator import sub_accounts
from generator.distil import operations
from generator.homes import key_of
from generator.lock import shape

OPENAPI = Path(__file__).parents[1] / "openapi"


def _keys(kind: str) -> set[str]:
    documents = (json.loads(path.read_text(encoding="utf-8")) for path in OPENAPI.glob(f"*/{kind}.json"))
    return {key_of(method, name) for document in documents for method, name, _ in operations(document)}


OPERATIONS = len(_keys("endpoints"))
"""What any account may call."""

_SUB_ACCOUNT = shape(sub_accounts.PREFIX)
_ORDINARY = _keys("endpoints")
MASTER_ONLY = len({key for key in _keys("master") if not {key, key.replace(_SUB_ACCOUNT, "", 1)} & _ORDINARY})
"""What only master accounts may call, and is in no ordinary document."""

EVENTS = len(_keys("webhooks"))
"""The events of Zoom's documents."""

BEYOND = sum(
    "x-zoom: {known-from:" in line
    for path in (OPENAPI.parent / "overlays").glob("*/new-events.yaml")
    for line in path.read_text(encoding="utf-8").splitlines()
)
"""The events that others have seen, and Zoom's documents do not have."""
