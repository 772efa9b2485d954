"""The operations of accounts, a module each."""
