from collections.abc import Iterator

import attrs
import pytest

from zoom_api_client.core.event import Event
from zoom_api_client.testing.events import SECRET_TOKEN
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import HandlerRetry

NOW = 1767225600.0


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver whose handlers have not been started."""
    made = Receiver(secret_token=SECRET_TOKEN, inbox="memory://", retry=HandlerRetry(first_wait=0.01, attempts=3))
    yield made
    made.close()


@attrs.define
class Seen:
    """A handler that remembers the events it got."""

    events: list[Event] = attrs.field(factory=list)

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    @property
    def names(self) -> list[object]:
        """Their names."""
        return [each.to_dict().get("event") for each in self.events]


@pytest.fixture
def seen() -> Seen:
    """A handler."""
    return Seen()
