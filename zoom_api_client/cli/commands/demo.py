"""`zoom-api demo`: the library at work."""

from __future__ import annotations

from cyclopts import App

command = App(name="demo")


@command.default
def demo() -> int:
    """Run all actions and triggers against an embedded Zoom, blocking and awaited, and show what was said."""
    from zoom_api_client.cli.tour import __main__

    return __main__.main()
