"""The operations of commerce, a module each."""
