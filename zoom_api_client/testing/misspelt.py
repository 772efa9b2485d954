"""Errors for attributes that the mock does not have: each names the one that says the same here.

A test that sets `return_value`, or asserts with a misspelt name, would pass whatever the code under test does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from zoom_api_client.core.suggestions import did_you_mean

_MEANT = {
    "return_value": ".returns(topic=…)",
    "side_effect": ".raises(errors.NotFound), or .returns(…).times(1).then(…)",
    "call_args": ".calls[-1]",
    "call_args_list": ".calls",
    "mock_calls": ".calls",
    "called_with": ".called_once_with(…)",
    "assert_called": "assert ….called",
    "assert_not_called": "assert not ….called",
    "assert_called_once": "assert ….call_count == 1",
    "assert_called_with": "assert ….called_once_with(…)",
    "assert_called_once_with": "assert ….called_once_with(…)",
    "assert_any_call": "any(call.json == … for call in ….calls)",
}


class Fixed:
    """An object of the mock, which has the attributes that it has, and no others. A test may set properties alone."""

    _own: ClassVar[frozenset[str]] = frozenset()

    if not TYPE_CHECKING:  # type checkers know that there are no others

        def __getattr__(self, name: str) -> Any:
            raise AttributeError(_told(self, name), name=name)

    def __setattr__(self, name: str, value: Any) -> None:
        is_property = isinstance(getattr(type(self), name, None), property)
        if not is_property and name[:1] != "_" and name not in self._own:
            raise AttributeError(_told(self, name, "cannot be set"), name=name)
        object.__setattr__(self, name, value)


def _told(owner: Fixed, name: str, fault: str = "does not exist") -> str:
    known = [each for each in dir(owner) if each[:1] != "_"]
    meant = f"; say {_MEANT[name]}" if name in _MEANT else did_you_mean(name, known)
    return f"{owner!r}: {name!r} {fault}{meant}"
