"""Write the page of an event: its class, the triggers that take it, the scopes it asks for and its fields."""

from generator.site import tables
from generator.site.contracts import Event
from generator.site.tables import codes


def page(event: Event, triggers: list[str]) -> str:
    """Return the page; `triggers` are the named ones that take the event."""
    lines = [f"[Reference](../../index.md) · [{event.product}](../index.md)", ""]
    lines += [f"# {event.name}", "", f"The event `{event.name}`, a `{event.model}`.", "", "```py"]
    lines += [f"from zoom_api_client.events.{event.product} import {event.model}", "```", ""]
    lines += tables.facts(_about(event, triggers))
    found = tables.fields(event.models.rows(event.contract["schema"]), sent=False)
    return "\n".join([*lines, "## Fields", "", *found]).rstrip() + "\n"


def _about(event: Event, triggers: list[str]) -> list[tuple[str, str]]:
    zoom = event.contract["x-zoom"]
    scopes = zoom.get("scopes", {})
    taken_by = [f'@receiver.on("{event.name}")', *(f"@receiver.{each}()" for each in triggers)]
    about = [
        ("product", event.product),
        ("trigger", codes(taken_by)),
        ("scopes, one of", codes(scopes.get("granular", ()))),
        ("classic scopes, one of", codes(scopes.get("classic", ()))),
        ("plan and licences", ", ".join(zoom.get("requires", ()))),
        ("not in Zoom's documents, known from", zoom.get("known-from", "")),
        ("also called", codes(zoom.get("also-named", ()))),
    ]
    return [(fact, value) for fact, value in about if value]
