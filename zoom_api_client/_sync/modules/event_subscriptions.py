"""Event subscriptions from code, each of which sends chosen events to an address."""

# Derived from zoom_api_client/_async/modules/event_subscriptions.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from zoom_api_client._sync.pages import Pages
from zoom_api_client.api.marketplace import (
    create_event_subscription,
    delete_event_subscription,
    get_user_or_account_event_subscription,
    subscribe_event_subscription,
    unsubscribe_app_event_subscription,
)
from zoom_api_client.core.event_groups import check_names
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.models.marketplace import CreateEventSubscriptionBody, SubscribeEventSubscriptionBody
from zoom_api_client.transport.page_turning import turn

if TYPE_CHECKING:
    from zoom_api_client._sync.client import Zoom
    from zoom_api_client.models.marketplace import CustomHeader, EventSubscription, UserOrAccountEventSubscription

Scope = Literal["user", "account", "master_account", "team"]

MOST = 10
"""The number of users or teams that one call takes."""


class EventSubscriptions:
    """An app's event subscriptions. Those made on the app's page are not among them, and cannot be changed from code.

    It takes a token of the app itself: `Chatbot` (client credentials, for General apps) or `ServerToServer`. An app has
    20 at most. https://developers.zoom.us/docs/api/marketplace/
    """

    def __init__(self, zoom: Zoom) -> None:
        self._zoom = zoom

    def create(
        self,
        url: str,
        events: Iterable[str],
        *,
        subscription_scope: Scope = "account",
        name: str | Unset = UNSET,
        account_id: str | Unset = UNSET,
        user_ids: Sequence[str] = (),
        team_ids: Sequence[str] = (),
        custom_header: CustomHeader | Unset = UNSET,
    ) -> str:
        """Have Zoom send events to an address, and return the id of the subscription.

        The receiver must be at the address already: Zoom asks it whether it knows the secret.

        Args:
            url: https, with a certificate of the public.
            events: names in full, such as `receiver.watched`.
            subscription_scope: whose events: of `user_ids`, of the account, of its sub-accounts too, of `team_ids`.
            name: of the subscription.
            account_id: the account, if it is not the app's own.
            user_ids: 10 at most; others are added later.
            team_ids: 10 at most.
            custom_header: what Zoom sends along to say who it is, besides its signature.

        Raises `ValueError` for an address or an event that Zoom would refuse, before anything is sent.
        """
        body = CreateEventSubscriptionBody(
            event_webhook_url=_check_url(url),
            events=_events(events),
            subscription_scope=subscription_scope,
            event_subscription_name=name,
            account_id=account_id,
            user_ids=_few(user_ids) or UNSET,
            team_ids=_few(team_ids) or UNSET,
            custom_header=custom_header,
        )
        made = self._zoom.send(create_event_subscription.request(body=body))
        return made.event_subscription_id or ""

    def list(
        self, account_id: str, user_id: str, *, subscription_scope: Scope | Unset = UNSET, team_id: str | Unset = UNSET
    ) -> Pages[UserOrAccountEventSubscription, EventSubscription]:
        """List the subscriptions of an account or a user.

        Args:
            account_id: the account.
            user_id: the user.
            subscription_scope: only these.
            team_id: the team.
        """
        request = partial(
            get_user_or_account_event_subscription.request,
            account_id=account_id,
            user_id=user_id,
            subscription_scope=subscription_scope,
            team_id=team_id,
        )
        return Pages(self._zoom, [partial(turn, request)], "event_subscriptions", page_size=None)

    def ensure(self, url: str, events: Iterable[str], *, account_id: str, user_id: str) -> str:
        """See to it that Zoom sends these events of the account to an address, and return the subscription's id.

        One that is there with these events stays. Zoom does not change the events of a subscription: if they differ, a
        new one is made, and only then the others of this address are deleted, so that no event is missed; some come
        twice. One that was made on the app's page stays whatever its events are: it cannot be deleted from code.

        Args:
            url: as for `create`.
            events: names in full, such as `receiver.watched`.
            account_id: the account.
            user_id: the user for whom the subscriptions are listed.
        """
        wanted = _events(events)
        there = [each for each in self.list(account_id, user_id) if each.event_webhook_url == _check_url(url)]
        for each in there:
            if set(each.events or ()) == set(wanted) and each.event_subscription_id:
                return each.event_subscription_id
        made = self.create(url, wanted, account_id=account_id)
        for each in there:
            if each.event_subscription_id and each.created_source != "default":
                self.delete(each.event_subscription_id)
        return made

    def add(
        self,
        event_subscription_id: str,
        *,
        account_id: str,
        user_ids: Sequence[str] = (),
        team_ids: Sequence[str] = (),
    ) -> None:
        """Send the events of these users or teams too, 10 at most."""
        body = SubscribeEventSubscriptionBody(
            account_id=account_id, user_ids=_few(user_ids) or UNSET, team_ids=_few(team_ids) or UNSET
        )
        self._zoom.send(subscribe_event_subscription.request(event_subscription_id, body=body))

    def remove(
        self,
        event_subscription_id: str,
        *,
        account_id: str,
        user_ids: Sequence[str] = (),
        team_ids: Sequence[str] = (),
    ) -> None:
        """Send the events of these users or teams no more, 10 at most; of the account, if none are named."""
        request = unsubscribe_app_event_subscription.request(
            event_subscription_id=event_subscription_id,
            account_id=account_id,
            user_ids=",".join(_few(user_ids)) or UNSET,
            team_ids=",".join(_few(team_ids)) or UNSET,
        )
        self._zoom.send(request)

    def delete(self, event_subscription_id: str) -> None:
        """End a subscription."""
        self._zoom.send(delete_event_subscription.request(event_subscription_id))


def _check_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or "." not in (parts.hostname or ""):
        raise ValueError(f"{url!r} cannot be an endpoint: Zoom wants https and a full domain name")
    return url


def _events(events: Iterable[str]) -> list[str]:
    names = [*dict.fromkeys(check_names(events))]
    if not names:
        raise ValueError("there are no events to subscribe to: have the receiver watch some first")
    return names


def _few(ids: Sequence[str]) -> list[str]:
    if isinstance(ids, str):
        raise TypeError(f"give a list: [{ids!r}]")
    if len(ids) > MOST:
        raise ValueError(f"Zoom takes {MOST} users or teams a call, and these are {len(ids)}: add() the others")
    return [*ids]
