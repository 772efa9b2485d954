"""Commands of the named modules: a command for each method, with the method's arguments as options."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from cyclopts import App

from zoom_api_client.cli import asking, making, safety, session
from zoom_api_client.cli.options import option, signatures
from zoom_api_client.cli.options.option import Option
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.rows import cell
from zoom_api_client.core import decoding

if TYPE_CHECKING:
    from zoom_api_client.cli.output.options import Output

_FIELDS = re.compile(r"Unpack\[(\w+Body)Fields\]")
_FILTERS = re.compile(r"Unpack\[(\w+)\]")
_LEFT_OUT = frozenset({"self", "body", "mentions"})  # a body is given by its fields; mentions are objects of ours
_DESTROYS = ("delete", "remove", "end", "update_registrant_status")
Methods = Mapping[str, tuple[str, tuple[str, ...]]]
_PRODUCTS = {"chat": "team_chat", "phone": "phone"}


class Method:
    """A method of a named module, as a command.

    Args:
        module: `meetings`.
        name: `list_registrants`.
        columns: of the table of its items.
    """

    def __init__(self, module: str, name: str, columns: tuple[str, ...] = ()) -> None:
        self.module, self.name, self.columns = module, name, columns
        self._home = import_module(f"zoom_api_client._sync.modules.{module}")
        self._class = getattr(self._home, module.title())
        self._function: Callable[..., Any] = getattr(self._class, name)
        self._text = inspect.cleandoc(self._function.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first sentence of its documentation, as a command does it: it lists where the library iterates."""
        return self._text.partition("\n")[0].partition(". ")[0].rstrip(".").replace("Iterate over", "List", 1) + "."

    def command(self, words: str) -> App:
        """Return the command of these words: `registrants list`."""
        says = making.reflow(self._text.partition("Args:\n")[0])
        return making.make(f"{self.module} {words}", option.parameters(self._options()), (), self._send, says=says)

    def _options(self) -> Iterator[Option]:
        texts = signatures.argument_texts(self._text)
        for name, given in inspect.signature(self._function).parameters.items():
            if given.kind is inspect.Parameter.VAR_KEYWORD:
                yield from self._more(given.annotation)
            elif name not in _LEFT_OUT:
                yield Option(
                    place="argument",
                    key=name,
                    hint=self._type(given.annotation),
                    is_required=given.default is inspect.Parameter.empty,
                    is_positional=given.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD,
                    help=texts.get(name, ""),
                )

    def _more(self, annotation: str) -> Iterator[Option]:
        """Yield the options of `**fields`: of a body, or of a dict of filters."""
        if self._body:
            yield from signatures.of_body(self._body)
        elif found := _FILTERS.fullmatch(annotation):
            for name, hint in get_type_hints(getattr(self._home, found[1])).items():
                yield Option(place="argument", key=name, hint=hint)

    def _type(self, annotation: str) -> Any:
        """Return a type as options know it. What is only there for type checkers is a model, and given as JSON."""
        try:
            found = eval(annotation, dict(vars(self._home)))
        except NameError:
            return Any
        if get_origin(found) is not Iterable:
            return found
        inner = decoding.options_of(get_args(found)[0])
        return list[str] if str in inner else Any

    @cached_property
    def _body(self) -> Any:
        """The model of its body, None if it has none."""
        annotations = (str(each.annotation) for each in inspect.signature(self._function).parameters.values())
        found = next(filter(None, map(_FIELDS.fullmatch, annotations)), None)
        models = import_module(f"zoom_api_client.models.{_PRODUCTS.get(self.module, 'meetings')}")
        return getattr(models, found[1]) if found else None

    def _send(
        self,
        arguments: dict[str, Any],
        fields: dict[str, Any],
        access: session.Access,
        output: Output,
        safe: safety.Safety,
    ) -> None:
        if safe.dry_run:
            writing.write_requests(self.shown(arguments, fields, access), output)
            return
        arguments = self._with_body(arguments, fields)
        if self.name.startswith(_DESTROYS):
            what = " ".join(str(each) for each in arguments.values() if isinstance(each, str))
            asking.confirm(f"{self.summary.rstrip('.')}: {what}", is_agreed=safe.yes)
        with session.open_client(access) as zoom:
            found = getattr(getattr(zoom, self.module), self.name)(**arguments)
            if hasattr(found, "pages"):
                found = writing.say_if_none(found, self._none(arguments))
                writing.write_items(found, output, columns=self.columns)
            else:
                writing.write_value(found, output)

    def _none(self, arguments: dict[str, Any]) -> str:
        """Return what is said of a list without items: what was asked for."""
        what = self.name.removeprefix("list").strip("_").replace("_", " ") or self.module
        asked = ", ".join(f"{name.strip('_').replace('_', ' ')} {cell(value)}" for name, value in arguments.items())
        return f"zoom-api: no {what} ({asked})"

    def shown(self, arguments: dict[str, Any], fields: dict[str, Any], access: session.Access) -> list[dict[str, Any]]:
        """Return the requests that the method would send: all of a batch, the first of a list."""
        dry = safety.DryRun(access)
        try:
            found = getattr(self._class(dry), self.name)(**self._with_body(arguments, fields))
            if hasattr(found, "pages"):
                next(iter(found), None)
        except safety.Shown:
            pass
        return dry.shown

    def _with_body(self, arguments: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        return {**arguments, "body": self._body.from_dict(signatures.nest(fields))} if self._body else arguments


def group(module: str, text: str, methods: Methods) -> App:
    """Return the command of a module; those of its methods are made when they are called.

    Args:
        module: `meetings`.
        text: what its help says.
        methods: by the words of the command (`registrants list`), the method and the columns of its table.
    """
    app = App(name=module, help=text)
    for words, (method, _) in methods.items():
        *outer, name = words.split()
        parent = app
        for each in outer:
            if each not in parent:
                parent.command(App(name=each, help=f"The {each} of {module}."))
            parent = parent[each]
        parent.command(f"{__name__}:{module} {words}", name=name, help=Method(module, method).summary)
    return app


def __getattr__(name: str) -> Any:
    """Make the command that cyclopts asks for by name: `meetings registrants list`."""
    module, _, words = name.partition(" ")
    if not words:
        raise AttributeError(name)
    method, columns = import_module(f"zoom_api_client.cli.commands.{module}").METHODS[words]
    return Method(module, method, columns).command(words)
