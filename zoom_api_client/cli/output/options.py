"""The options of every command that writes data."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import attrs
from cyclopts import Group, Parameter

from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.switches import switch

_GROUP = Group("Output", sort_key=90)
Format = Literal["table", "json", "csv"]


@Parameter(name="*", group=_GROUP)
@attrs.frozen(kw_only=True)
class Output:
    """In which form data is written, and which part of it."""

    json: Annotated[
        bool,
        switch("JSON: of a list one item a line, as it is read. The default where there is no terminal."),
    ] = False
    csv: Annotated[bool, switch("CSV, with a line of names.")] = False
    fields: Annotated[str | None, Parameter(help="Only these fields: id,topic,settings.host_video")] = None
    jq: Annotated[str | None, Parameter(help="A filter of jq's, for each item; texts have no quotes: .join_url")] = None
    show_secrets: Annotated[bool, switch("Show passcodes, start URLs and download tokens too.")] = False

    @property
    def format(self) -> Format:
        """The form that was asked for, or else a table on a terminal and JSON elsewhere."""
        if self.csv and (self.json or self.jq):
            raise Misused("give one of --csv, and --json or --jq")
        if self.csv:
            return "csv"
        return "json" if self.json or self.jq or not sys.stdout.isatty() else "table"

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that were asked for; empty for all."""
        return tuple(filter(None, (each.strip() for each in (self.fields or "").split(","))))
