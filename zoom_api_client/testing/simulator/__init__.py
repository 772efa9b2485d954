"""A Zoom that remembers."""
