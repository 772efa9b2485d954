"""The limits observed in Zoom's answers, and the claim that follows from them and the table."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from zoom_api_client.transport.requests import Target
from zoom_api_client.transport.throttle import labels, limits, policy
from zoom_api_client.transport.throttle.headers import Lesson


@attrs.frozen
class Limit:
    """The names of a limit in a store, and its figures."""

    key: str
    day_key: str
    allowed: limits.Allowance


class ObservedLimits:
    """Keeps the limits that this process has observed; every process observes them in its own answers.

    A limit that Zoom names holds where it is lower than the table's, and until Zoom names another: it means that the
    plan is not the one given. A label that Zoom names replaces the one in Zoom's document.
    """

    def __init__(self, plan: Callable[[str], str], *, share: float, margin: float) -> None:
        self._plan = plan
        self._share, self._margin = share, margin
        self._labels: dict[tuple[str, str], str] = {}
        self._figures: dict[tuple[str, str], int] = {}

    def claim(self, account: str, target: Target, patience: float) -> policy.Claim:
        """Return what a request to the target asks the store for."""
        limit = self._limit(account, self._subject(target))
        allowed, told = limit.allowed, self._figures.get((account, limit.key))
        days = (allowed.per_day, self._figures.get((account, limit.day_key)))
        return policy.claim(
            account,
            limit.key,
            limit.day_key,
            requests=min(allowed.requests, told or allowed.requests),
            seconds=allowed.seconds,
            per_day=min((each for each in days if each is not None), default=None),
            share=self._share,
            margin=self._margin,
            patience=patience,
        )

    def take(self, account: str, target: Target, lesson: Lesson) -> str:
        """Keep a lesson, and return the key of the limit that it is about."""
        about = self._subject(target)
        if lesson.label and lesson.label != about.label:
            if about.template:
                self._labels[about.method, about.template] = lesson.label
            about = attrs.evolve(about, label=lesson.label)
        limit = self._limit(account, about)
        key = limit.day_key if lesson.daily else limit.key
        if lesson.limit and (lesson.daily or limit.allowed.seconds == 1):  # QPS says nothing of a minute's limit
            self._figures[account, key] = lesson.limit
        return key

    def _subject(self, target: Target) -> labels.Subject:
        about = labels.subject(target)
        return attrs.evolve(about, label=self._labels.get((about.method, about.template), about.label))

    def _limit(self, account: str, about: labels.Subject) -> Limit:
        allowed = limits.allowance(self._plan(account), about.label, about.family)
        return Limit(f"{about.family}:{about.label}", f"{about.family}:day:{allowed.day}", allowed)
