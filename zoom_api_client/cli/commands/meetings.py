"""`zoom-api meetings`."""

from zoom_api_client.cli import named, registrants

_REGISTRANTS = ("id", "email", "first_name", "last_name", "status", "create_time")

METHODS: named.Methods = {
    "create": ("create", ()),
    "get": ("get", ()),
    "list": ("list", ("id", "topic", "start_time", "duration", "timezone", "join_url")),
    "update": ("update", ()),
    "end": ("end", ()),
    "delete": ("delete", ()),
    "registrants add": ("add_registrant", ()),
    "registrants list": ("list_registrants", _REGISTRANTS),
    "registrants update": ("update_registrant_status", ()),
}

command = named.group("meetings", "Meetings, and who registers for them.", METHODS)
command["registrants"].command(registrants.importer("meetings"), name="import")
