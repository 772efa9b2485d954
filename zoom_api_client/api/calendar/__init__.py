"""The operations of calendar, a module each."""
