"""The operations of shapes, a module each."""
