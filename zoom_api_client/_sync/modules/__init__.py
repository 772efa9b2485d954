"""The named modules, thin: each method calls an operation, and adds what the operation cannot know.

A method loads its operation when it is called: whoever creates meetings need not wait for panelists.
"""

# Derived from zoom_api_client/_async/modules/__init__.py by `python -m generator build`: do not edit.
