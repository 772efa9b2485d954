"""The asynchronous half of the client, from which the blocking half, `_sync`, is derived."""

# Derived from zoom_api_client/_async/__init__.py by `python -m generator build`: do not edit.
