"""The operations of phone, a module each."""
