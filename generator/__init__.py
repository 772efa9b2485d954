"""From Zoom's OpenAPI documents to the generated part of `zoom_api_client`; not in the wheel."""
