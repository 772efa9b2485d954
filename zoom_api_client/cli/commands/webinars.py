"""`zoom-api webinars`."""

from zoom_api_client.cli import named, registrants
from zoom_api_client.cli.output import columns

METHODS: named.Methods = {
    "create": ("create", ()),
    "get": ("get", ()),
    "list": ("list", columns.SCHEDULED),
    "update": ("update", ()),
    "delete": ("delete", ()),
    "registrants add": ("add_registrant", ()),
    "registrants list": ("list_registrants", columns.REGISTRANTS),
    "registrants update": ("update_registrant_status", ()),
    "panelists add": ("add_panelists", ()),
    "panelists list": ("list_panelists", ("id", "email", "name", "join_url")),
    "panelists remove": ("remove_panelist", ()),
}

command = named.group("webinars", "Webinars, their registrants and panelists.", METHODS)
command["registrants"].command(registrants.importer("webinars"), name="import")
