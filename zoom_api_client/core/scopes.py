"""The least set of scopes that an app needs for what it does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal

from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import operations
from zoom_api_client.core.suggestions import did_you_mean

Level = Literal["user", "admin", "master"]
Kind = Literal["granular", "classic"]

# What to ask for if Zoom has no scope of the level wanted: that which opens the least comes first.
_LEVELS: dict[str, tuple[str, ...]] = {
    "user": ("user", "admin", "master"),
    "admin": ("admin", "user", "master"),
    "master": ("master", "admin", "user"),
}
_KINDS = {"granular": "scopes", "classic": "classic_scopes"}


def scopes(of: Iterable[str | Operation[Any]], *, level: Level = "user", kind: Kind = "granular") -> tuple[str, ...]:
    """Return the least set of scopes that allows all that is named, in alphabetical order.

    Zoom wants one of the scopes of an operation; where several would do, those are chosen that serve most operations.

    Args:
        of: methods of the named modules (`"meetings.create"`), whole modules (`"meetings"`: all methods of
            `zoom.meetings`), and operations, as values or by name (`"meetings.create_meeting"`). A name that is
            both, as `"phone.list_call_logs"`, is the method's.
        level: `user` for an app of one user; `admin` for one of the account, as with server-to-server OAuth; `master`
            for sub-accounts (`zoom.for_account(…)`). What has no scope of the level gets one of the nearest
            level that it has.
        kind: apps made since March 2024 have granular scopes, older ones classic ones.

    Raises `ValueError` for a name that is nothing, and for an operation that has scopes, but none of this kind.
    """
    check_choice(of, level, kind)
    wanted = (operation for each in of for operation in _operations(each))
    return least({frozenset(_alternatives(each, level, kind)) for each in wanted} - {frozenset()})


def check_choice(of: object, level: str, kind: str) -> None:
    """Raise `ValueError` for what `scopes` cannot be asked."""
    for name, given, choices in (("level", level, _LEVELS), ("kind", kind, _KINDS)):
        if given not in choices:
            raise ValueError(f"{name} is {given!r}: give one of {', '.join(map(repr, choices))}")
    if isinstance(of, str):
        raise ValueError(f"give a list: of=[{of!r}]")


def _operations(named: str | Operation[Any]) -> list[Operation[Any]]:
    if isinstance(named, Operation):
        return [named]
    methods = [each for each in operations(master=True) if each.module_method]
    found = (
        [each for each in methods if each.module_method == named]
        or [each for each in methods if each.module_method.split(".")[0] == named]
        or [each for each in operations(master=True) if str(each) == named]
    )
    if not found:
        names = {each.module_method for each in methods} | {str(each) for each in operations(master=True)}
        known = sorted(names | {each.module_method.split(".")[0] for each in methods})
        raise ValueError(f"{named!r} is not a method, module or operation with scopes{did_you_mean(named, known)}")
    return found


def _alternatives(operation: Operation[Any], level: str, kind: str) -> Iterator[str]:
    """Yield the scopes of which the operation needs one: all of the best level that it has any of."""
    variants = [operation, operation.of_sub_account()] if level == "master" else [operation]
    given = [scope for each in variants if each for scope in getattr(each, _KINDS[kind])]
    if not given and (operation.scopes or operation.classic_scopes):
        raise wrong_kind(operation, kind, operation.scopes or operation.classic_scopes)
    yield from of_level(given, level)


def wrong_kind(what: object, kind: str, others: Iterable[str]) -> ValueError:
    """Return the error of an operation or an event that has no scope of a kind, only those of the other."""
    other = "classic" if kind == "granular" else "granular"
    return ValueError(
        f"Zoom gives {what} no {kind} scope, only {other} ones: {', '.join(others)}; "
        f"leave it out, or ask for kind={other!r}"
    )


def of_level(given: Iterable[str], level: str) -> Iterator[str]:
    """Yield those scopes that are of the best level that there are any of."""
    given = list(given)
    best = next((each for each in _LEVELS[level] if any(_level(scope) == each for scope in given)), "")
    yield from (scope for scope in given if _level(scope) == best)


def _level(scope: str) -> str:
    ending = scope.rpartition(":")[2]
    return ending if ending in ("admin", "master") else "user"


def least(alternatives: Collection[frozenset[str]]) -> tuple[str, ...]:
    """Choose what serves most of those that are left, again and again; then drop what later choices made needless."""
    chosen = {scope for each in alternatives if len(each) == 1 for scope in each}
    left = [each for each in alternatives if not each & chosen]
    while left:
        rivals = {scope for each in left for scope in each}
        chosen.add(min(rivals, key=lambda scope: (-sum(scope in each for each in left), scope)))
        left = [each for each in left if not each & chosen]
    for scope in sorted(chosen, reverse=True):
        if all(each & (chosen - {scope}) for each in alternatives):
            chosen.remove(scope)
    return tuple(sorted(chosen))
