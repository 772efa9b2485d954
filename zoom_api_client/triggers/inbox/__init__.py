"""Events between their arrival and their handler: stored before Zoom gets its answer, handled until it succeeded."""

from zoom_api_client.triggers.inbox.base import Counts, DeadLetter, Delivery, Inbox, InboxFailed, Task, Unwanted
from zoom_api_client.triggers.inbox.context import current
from zoom_api_client.triggers.inbox.forward import Forward
from zoom_api_client.triggers.inbox.handler_retry import HandlerRetry
from zoom_api_client.triggers.inbox.url import default_path, open_inbox
from zoom_api_client.triggers.inbox.worker import TIMEOUT, Worker

__all__ = [
    "TIMEOUT",
    "Counts",
    "DeadLetter",
    "Delivery",
    "Forward",
    "HandlerRetry",
    "Inbox",
    "InboxFailed",
    "Task",
    "Unwanted",
    "Worker",
    "current",
    "default_path",
    "open_inbox",
]
