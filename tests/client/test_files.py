"""Downloads, uploads, and answers without content, over real HTTP."""

import email
import email.policy
import random
from pathlib import Path
from typing import Any

import pytest

from tests.client.loopback import Loopback, Reply, Sent
from tests.client.worlds import World
from zoom_api_client import File, errors
from zoom_api_client.api.clips import upload_clip_file
from zoom_api_client.api.events import upload_events_multipart_files
from zoom_api_client.api.phone import download_phone_recording
from zoom_api_client.api.users import delete_user, upload_users_profile_picture
from zoom_api_client.models.clips import UploadClipFileBody
from zoom_api_client.models.events import UploadEventsMultipartFilesBody
from zoom_api_client.models.users import UploadUsersProfilePictureBody
from zoom_api_client.testing import EmbeddedZoom

CONTENT = random.Random(1).randbytes(300_000)


def parts(sent: Sent) -> dict[str, tuple[str | None, str, Any]]:
    """Return file name, media type and content of the parts of a multipart request, read by the standard library."""
    head = f"Content-Type: {sent.headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + sent.body, policy=email.policy.HTTP)
    return {
        str(part.get_param("name", header="content-disposition")): (
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    }


async def test_download_is_the_file_byte_for_byte(world: World) -> None:
    """A recording that is decoded, or cut at the first newline, cannot be played."""
    with Loopback(lambda _: Reply(headers={"content-type": "audio/mpeg"}, body=CONTENT)) as served:
        zoom = world.at(served.base_url)
        assert await world.run(download_phone_recording, "a/b", client=zoom) == CONTENT
        await world.close(zoom)
    assert served.seen[0].path == "/v2/phone/recording/download/a%2Fb"


async def test_download_that_is_refused_is_not_a_file(world: World) -> None:
    """The JSON of an error must not be saved as a recording, whatever status it comes with."""
    with Loopback(lambda _: Reply(200, body=b'{"code": 200, "message": "No permission."}')) as served:
        zoom = world.at(served.base_url)
        with pytest.raises(errors.PlanRequired):
            await world.run(download_phone_recording, "1", client=zoom)
        await world.close(zoom)


async def test_upload_arrives_whole(world: World, tmp_path: Path) -> None:
    """Name, media type and every byte of a file, beside the values: read by another parser than ours."""
    path = tmp_path / "Ausflug ü.mp4"
    path.write_bytes(CONTENT)
    with Loopback(lambda _: Reply(201, body=b'{"part_number_etag": {"etag": "e", "part_number": 2}}')) as served:
        zoom = world.at(served.base_url)
        body = UploadEventsMultipartFilesBody(file=File.at(path), part_number=2, upload_context="ctx")
        result = await world.run(upload_events_multipart_files, client=zoom, body=body)
        await world.close(zoom)
    found = parts(served.seen[0])
    assert served.seen[0].headers["content-type"].startswith("multipart/form-data; boundary=")
    assert found["file"][1:] == ("video/mp4", CONTENT)
    assert (found["part_number"][2], found["upload_context"][2]) == (b"2", b"ctx")
    assert set(found) == {"file", "part_number", "upload_context"}
    assert result.part_number_etag.etag == "e"


async def test_upload_fits_zooms_contract(world: World) -> None:
    """The stand-in validates what it is sent; open files and plain bytes are files too."""
    with EmbeddedZoom() as served:
        zoom = world.at(served.base_url)
        await world.run(
            upload_clip_file, client=zoom, body=UploadClipFileBody(file=File(CONTENT, "a.mp4", "video/mp4"))
        )
        await world.run(
            upload_users_profile_picture,
            "me",
            client=zoom,
            body=UploadUsersProfilePictureBody.from_dict({"pic_file": b"png"}),
        )
        await world.close(zoom)
    assert served.violations == []
    assert [each.answer.status for each in served.exchanges] == [201, 201]


async def test_answer_without_content_is_none(world: World) -> None:
    """204 has no JSON to decode."""
    with EmbeddedZoom() as served:
        zoom = world.at(served.base_url)
        assert await world.run(delete_user, "jane@example.com", client=zoom) is None
        await world.close(zoom)
    assert served.violations == []


def test_file_knows_its_name_and_type(tmp_path: Path) -> None:
    """Zoom judges an upload by both; a type that is unknown is bytes."""
    for name, media_type in [
        ("a.png", "image/png"),
        ("a.unknown", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ]:
        (tmp_path / name).write_bytes(b"x")
        assert File.at(tmp_path / name) == File.at(str(tmp_path / name)) == File(b"x", name, media_type)


def test_uploads_can_be_compared() -> None:
    """A file is nothing that JSON has, and requests are compared by their bodies."""
    body, same = (UploadUsersProfilePictureBody(pic_file=File(b"x", "a.png", "image/png")) for _ in range(2))
    other = UploadUsersProfilePictureBody(pic_file=File(b"y", "a.png", "image/png"))
    assert body == same
    assert body != other
    assert upload_users_profile_picture.request("me", body=body) == upload_users_profile_picture.request(
        "me", body=same
    )


@pytest.mark.parametrize("content", ["text", None, Path("logo.png")])
def test_file_without_content_is_refused(content: Any) -> None:
    """It failed when it was sent, in words of the HTTP library."""
    with pytest.raises(TypeError, match=r"must be bytes or an open binary file, not .*; File\.at\(path\) reads one"):
        File(content)
