"""Write the page of an event: its class, the triggers that take it, the scopes it asks for and its fields."""

from collections.abc import Iterator

from generator.site import tables
from generator.site.contracts import Event
from generator.site.fields import rows
from generator.site.tables import code, codes


def page(event: Event, triggers: list[str]) -> str:
    """Return the page; `triggers` are the named ones that take the event."""
    lines = [
        "[Reference](../../index.md) · [All of the product](../index.md)",
        "",
        f"# {event.name}",
        "",
        f"The event `{event.name}`, a `{event.model}`.",
        "",
        "```py",
    ]
    lines += [f"from zoom_api_client.events.{event.product} import {event.model}", "```", ""]
    lines += tables.facts(_about(event, triggers))
    found = tables.fields(rows(event.contract["schema"], event.schemas), sent=False)
    return "\n".join([*lines, "## Fields", "", *found]).rstrip() + "\n"


def _about(event: Event, triggers: list[str]) -> Iterator[tuple[str, str]]:
    yield "product", event.product
    yield (
        "trigger",
        ", ".join([code(f'@receiver.on("{event.name}")'), *(code(f"@receiver.{each}()") for each in triggers)]),
    )
    zoom = event.contract["x-zoom"]
    for label, kind in (("scopes, one of", "granular"), ("classic scopes, one of", "classic")):
        if scopes := zoom.get("scopes", {}).get(kind):
            yield label, codes(scopes)
    if requires := zoom.get("requires"):
        yield "plan and licences", ", ".join(requires)
    if source := zoom.get("known-from"):
        yield "known from", source
    if also := zoom.get("also-named"):
        yield "also called", codes(also)
