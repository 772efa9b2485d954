"""The operations of mail, a module each."""
