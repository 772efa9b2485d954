"""The error that an answer of Zoom's is."""

import pytest

from tests.client.reading import read
from zoom_api_client import errors
from zoom_api_client.api.meetings import get_meeting
from zoom_api_client.transport import responses

JSON = {"content-type": "application/json"}


def error(status: int, content: bytes, **headers: str) -> errors.APIError:
    """Return the error that an answer of `get_meeting` is."""
    with pytest.raises(errors.APIError) as caught:
        read(responses.Response(status, {**JSON, **headers}, content), get_meeting.OPERATION)
    return caught.value
