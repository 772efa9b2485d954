"""`zoom-api meetings`."""

from zoom_api_client.cli import named, registrants
from zoom_api_client.cli.output import columns

METHODS: named.Methods = {
    "create": ("create", ()),
    "get": ("get", ()),
    "list": ("list", columns.SCHEDULED),
    "update": ("update", ()),
    "end": ("end", ()),
    "delete": ("delete", ()),
    "registrants add": ("add_registrant", ()),
    "registrants list": ("list_registrants", columns.REGISTRANTS),
    "registrants update": ("update_registrant_status", ()),
}

command = named.group("meetings", "Meetings, and who registers for them.", METHODS)
command["registrants"].command(registrants.importer("meetings"), name="import")
