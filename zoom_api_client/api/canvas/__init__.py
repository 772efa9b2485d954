"""The operations of canvas, a module each."""
