"""Downloads: they ask for files and write them."""

# Derived from zoom_api_client/_async/downloads/__init__.py by `python -m generator build`: do not edit.
