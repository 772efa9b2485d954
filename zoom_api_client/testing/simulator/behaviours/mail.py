"""Mail: labels, of which the trash is one, are added and removed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row

_TRASH: Final = ("TRASH",)


@behaviour("mail.update_specified_email")
def update_labels(call: Call) -> Row:
    """Give a mail some labels, and take others away."""
    return _label(call, call.body.get("addLabelIds", ()), call.body.get("removeLabelIds", ()))


@behaviour("mail.move_specified_email_to_trash_folder")
def trash(call: Call) -> Row:
    """Put a mail into the trash."""
    return _label(call, _TRASH, ())


@behaviour("mail.move_specified_email_out_of_trash_folder")
def take_out_of_trash(call: Call) -> Row:
    """Take a mail out of the trash."""
    return _label(call, (), _TRASH)


def _label(call: Call, added: Collection[str], removed: Collection[str]) -> Row:
    row = call.row()
    labels = [each for each in row.fields.get("labelIds") or () if each not in removed]
    return call.change(row, labelIds=[*labels, *(each for each in added if each not in labels)])
