"""The operations of qss, a module each."""
