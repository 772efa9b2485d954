"""All that awaits. What blocks, `_sync`, is derived from it."""

# Derived from zoom_api_client/_async/__init__.py by `python -m generator build`: do not edit.
