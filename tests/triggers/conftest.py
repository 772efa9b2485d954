import sys
import time
from collections.abc import Iterator

import attrs
import pytest

from zoom_api_client.core.event import Event
from zoom_api_client.testing.events import SECRET_TOKEN, SignedEvent
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import HandlerRetry

NOW = 1767225600.0


@pytest.fixture(autouse=True)
def fresh_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events that test modules keep are signed anew: a whole run takes longer than a signature is good for."""
    for name in [each for each in sys.modules if each.startswith("tests.triggers.")]:
        for constant, value in list(vars(sys.modules[name]).items()):
            if isinstance(value, SignedEvent):
                monkeypatch.setattr(sys.modules[name], constant, value.signed_at(time.time()))


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
