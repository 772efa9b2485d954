"""Generates a part of `zoom_api_client` from Zoom's OpenAPI documents; not in the wheel."""
