"""Challenges: a URL has to answer one before the first event, and again every 72 hours.

Zoom disables a subscription after six challenges in a row that failed, until somebody enables it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Final

import attrs

from zoom_api_client.testing.simulator.events import content
from zoom_api_client.testing.simulator.events.content import Happened
from zoom_api_client.testing.simulator.events.subscriptions import MOST_FAILURES, Subscription

NAME: Final = "endpoint.url_validation"
EVERY: Final = timedelta(hours=72)


def is_due(subscription: Subscription, now: datetime) -> bool:
    """Return whether a URL is to be challenged: a new one, and each that passed 72 hours ago."""
    if not subscription.url or subscription.is_disabled or subscription.is_valid is False:
        return False
    return subscription.is_valid is None or now >= datetime.fromisoformat(subscription.challenged_at) + EVERY


def write(subscription: Subscription, now: datetime) -> bytes:
    """Return the body of a challenge."""
    about = {"plainToken": secrets.token_urlsafe(16)}
    return content.write(Happened(NAME, about, subscription.account, now))


def note(subscription: Subscription, now: datetime, *, passes: bool) -> Subscription:
    """Return a subscription whose URL was challenged; one that had passed before stays valid until it is disabled."""
    if not subscription.is_valid:
        return attrs.evolve(subscription, is_valid=passes, failures=0, challenged_at=now.isoformat())
    failures = 0 if passes else subscription.failures + 1
    due = datetime.fromisoformat(subscription.challenged_at) + EVERY
    at = max(due, now - MOST_FAILURES * EVERY)  # a clock that is set far on: so many challenges follow, and not more
    return attrs.evolve(subscription, failures=failures, challenged_at=at.isoformat())
