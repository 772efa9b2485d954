"""The operations of quality-management, a module each."""
