"""`zoom-api phone`."""

from zoom_api_client.cli import named

METHODS: named.Methods = {
    "numbers": ("list_numbers", ("id", "number")),
    "calls": (
        "list_call_logs",
        ("id", "direction", "caller_number", "callee_number", "date_time", "duration", "result"),
    ),
}

command = named.group("phone", "Phone numbers and calls.", METHODS)
