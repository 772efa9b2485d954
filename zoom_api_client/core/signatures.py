"""The arguments of an operation, as `help()`, `inspect.signature()` and completion show them, and errors name them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])


class Routine:
    """A callable that `help()` shows like a function, with its arguments."""

    if not TYPE_CHECKING:  # type checkers would take it for the type of an attribute

        def __get__(self, instance: object, owner: type | None = None) -> Any:
            """Return itself: what has a `__get__` is a routine to `inspect.isroutine`, which pydoc asks."""
            return self


def naming(operation: object, request: Callable[P, R]) -> Callable[P, R]:
    """Return the function of an operation with errors that name the operation, and the argument that was meant."""

    @wraps(request)
    def build(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return request(*args, **kwargs)
        except TypeError:
            _check_arguments(operation, request, args, kwargs)
            raise

    return build


def _check_arguments(operation: object, request: Callable[..., Any], args: Any, kwargs: Any) -> None:
    signature = inspect.signature(request)
    try:
        signature.bind(*args, **kwargs)
    except TypeError as misfit:
        from zoom_api_client.core.suggestions import did_you_mean  # only for what fails

        unknown = next((name for name in kwargs if name not in signature.parameters), "")
        said = f"{operation}: {misfit}{did_you_mean(unknown, signature.parameters)}"
    else:
        return
    raise TypeError(said) from None


def with_arguments_of_operation(method: F) -> F:
    """Show a method of a call with the arguments of the call's operation, where it has `*args` and `**kwargs`."""
    return cast(F, _Method(method))


class _Method:
    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __get__(self, call: Any, owner: type) -> Any:
        return self._function if call is None else _BoundMethod(self._function, call)


class _BoundMethod(Routine, partial[Any]):
    def __init__(self, function: Callable[..., Any], call: Any) -> None:
        self.__name__, self.__doc__ = function.__name__, function.__doc__

    @property
    def __signature__(self) -> inspect.Signature:
        own = inspect.signature(self.func)
        _, *before, _, _ = own.parameters.values()  # self, then `to` of `save`, then *args and **kwargs
        return own.replace(parameters=[*before, *inspect.signature(self.args[0]).parameters.values()])
