"""`zoom-api recordings`."""

from zoom_api_client.cli import downloading, named

METHODS: named.Methods = {
    "list": ("list", ("id", "topic", "start_time", "duration", "recording_count", "total_size")),
    "get": ("for_meeting", ()),
    "delete": ("delete", ()),
}

command = named.group("recordings", "Cloud recordings of meetings and webinars.", METHODS)
command.command(downloading.download, name="download")
