"""`zoom-api webinars`."""

from zoom_api_client.cli import named, registrants

_REGISTRANTS = ("id", "email", "first_name", "last_name", "status", "create_time")

METHODS: named.Methods = {
    "create": ("create", ()),
    "get": ("get", ()),
    "list": ("list", ("id", "topic", "start_time", "duration", "timezone", "join_url")),
    "update": ("update", ()),
    "delete": ("delete", ()),
    "registrants add": ("add_registrant", ()),
    "registrants list": ("list_registrants", _REGISTRANTS),
    "registrants update": ("update_registrant_status", ()),
    "panelists add": ("add_panelists", ()),
    "panelists list": ("list_panelists", ("id", "email", "name", "join_url")),
    "panelists remove": ("remove_panelist", ()),
}

command = named.group("webinars", "Webinars, their registrants and panelists.", METHODS)
command["registrants"].command(registrants.importer("webinars"), name="import")
