"""Mail and clips: what is sent and what is uploaded is there, and the trash is a label."""

import json

from tests.simulator.calling import Calling
from tests.simulator.rounds import Round
from zoom_api_client.testing.simulator import resources

BOX = "/emails/mailboxes/owner@example.com"


def test_mail_that_is_sent_is_in_the_mailbox() -> None:
    """A program that writes a mail finds it in the list, puts it into the trash, and takes it out again."""
    zoom = Calling()
    sent = zoom.post(f"{BOX}/messages/send", {"raw": "U3ViamVjdDogSGVsbG8=", "labelIds": ["SENT"]})
    assert [each["id"] for each in zoom.get(f"{BOX}/messages")["messages"]] == [sent["id"]]
    labels = []
    for what, body in (
        ("trash", None),
        ("untrash", None),
        ("modify", {"addLabelIds": ["WORK"], "removeLabelIds": ["SENT"]}),
    ):
        assert zoom.answer("POST", f"{BOX}/messages/{sent['id']}/{what}", body).status == 200
        labels.append(zoom.get(f"{BOX}/messages/{sent['id']}")["labelIds"])
    assert labels == [["SENT", "TRASH"], ["SENT"], ["WORK"]]


def test_clip_that_is_uploaded_is_listed() -> None:
    """It is the only one, has the name of the file, and is the sender's."""
    going, clips = Round(), resources.every()["clips"]
    clip = going.create(clips)
    listing, *_ = clips.by_action("list")
    (listed,) = json.loads(going.on_row(listing, clip).body)["data"]
    assert (listed["clip_id"], listed["owner_id"]) == (clip.id, going.simulator.state.owner.user)
    assert listed["title"] == clip.fields["file"].partition(".")[0]
