"""The operations of meetings, a module each."""
