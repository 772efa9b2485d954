"""The command `zoom-api`: everything of the library from a terminal. Needs the extra `cli`."""
