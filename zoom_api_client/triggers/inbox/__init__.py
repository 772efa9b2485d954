"""Events between their arrival and their handler: stored before Zoom gets its answer, handled until it succeeded."""

from zoom_api_client.triggers.inbox.base import Counts, DeadLetter, Delivery, Inbox, InboxFailed, Task
from zoom_api_client.triggers.inbox.context import current
from zoom_api_client.triggers.inbox.forward import Forward
from zoom_api_client.triggers.inbox.retry import Retry
from zoom_api_client.triggers.inbox.url import open_inbox
from zoom_api_client.triggers.inbox.worker import Worker

__all__ = [
    "Counts",
    "DeadLetter",
    "Delivery",
    "Forward",
    "Inbox",
    "InboxFailed",
    "Retry",
    "Task",
    "Worker",
    "current",
    "open_inbox",
]
