"""The operations of events, a module each."""
