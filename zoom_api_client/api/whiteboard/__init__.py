"""The operations of whiteboard, a module each."""
