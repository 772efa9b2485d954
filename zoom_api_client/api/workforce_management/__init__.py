"""The operations of workforce-management, a module each."""
