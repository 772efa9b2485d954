"""The operations of marketplace, a module each."""
