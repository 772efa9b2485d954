"""The operations of rooms, a module each."""
