"""The options of the command that serves a simulator, said once: for argparse here, for `zoom-api` there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import attrs


def _is_port(_options: object, attribute: attrs.Attribute[Any], port: int | None) -> None:
    if port is not None and not 0 <= port < 1 << 16:
        raise ValueError(f"{port} is not a port: --{attribute.name} takes 0 to 65535")


def _says(help: str, *, has_usual: bool = False) -> dict[str, Any]:
    return {"help": help, "has_usual": has_usual}


@attrs.frozen(kw_only=True)
class Options:
    """How a simulator is served, and what it is like."""

    port: int = attrs.field(
        default=0, validator=_is_port, metadata=_says("the port of plain HTTP; any free one by default")
    )
    tls: int | None = attrs.field(
        default=None,
        validator=_is_port,
        metadata=_says("serve HTTPS too, with an authority of its own; a port may follow", has_usual=True),
    )
    proxy: int | None = attrs.field(
        default=None,
        validator=_is_port,
        metadata=_says("be a proxy for Zoom's hosts, for HTTPS_PROXY; a port may follow", has_usual=True),
    )
    host: str = attrs.field(
        default="127.0.0.1", metadata=_says("the address to listen at; others than loopback let other machines in")
    )
    ca_file: Path | None = attrs.field(
        default=None, metadata=_says("where to write the certificate that clients are to trust")
    )
    open: bool = attrs.field(default=False, metadata=_says("take tokens, codes and apps that it does not know"))
    consent: bool = attrs.field(default=False, metadata=_says("give every app consent at once, without a page"))
    plan: str | None = attrs.field(
        default=None,
        metadata=_says("the account's plan, whose limits hold: free, pro, business …; without it there are none"),
    )
    lenient: bool = attrs.field(default=False, metadata=_says("take what Zoom ignores: unknown names, and null"))
    seed: int = attrs.field(default=0, metadata=_says("other seeds give other ids and other data"))
    webhook: str | None = attrs.field(
        default=None,
        metadata=_says("the URL of a receiver, to which every event is delivered; it has to pass the challenge first"),
    )
    fixture: Path | None = attrs.field(
        default=None, metadata=_says("put there what a file of YAML has; a --state that is there has its own")
    )
    state: Path | None = attrs.field(
        default=None, metadata=_says("begin with what the file has, and write it there at the end")
    )


@attrs.frozen
class Option:
    """One of them: `--ca-file`, what it takes, what it does; `has_usual` if it may be given without a value, for 0."""

    name: str
    type: type
    help: str
    has_usual: bool

    @property
    def flag(self) -> str:
        """How it is typed."""
        return f"--{self.name.replace('_', '-')}"


def every() -> Iterator[Option]:
    """Yield all options in their order."""
    hints = get_type_hints(Options)
    for field in attrs.fields(Options):
        (kind,) = {*(get_args(hints[field.name]) or [hints[field.name]])} - {NoneType}
        yield Option(field.name, kind, **field.metadata)
