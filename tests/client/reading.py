"""The result of an answer of Zoom's, or the error that it is, as calls return and raise them."""

from typing import Any

from zoom_api_client.transport import responses, results
from zoom_api_client.transport.requests import Target

UNKNOWN = ("GET", "/not/in/the/documents")


def read(answer: responses.Response, target: Target = UNKNOWN) -> Any:
    """Return the result, or raise the error."""
    failure = results.find_failure(answer, target)
    if failure:
        raise failure
    return results.read(answer, target)
