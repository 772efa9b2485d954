"""`zoom-api chat`."""

from zoom_api_client.cli import named

METHODS: named.Methods = {"send": ("send_message", ())}

command = named.group("chat", "Messages of Team Chat.", METHODS)
