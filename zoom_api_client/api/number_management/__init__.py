"""The operations of number-management, a module each."""
