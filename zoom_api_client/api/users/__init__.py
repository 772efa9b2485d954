"""The operations of users, a module each."""
