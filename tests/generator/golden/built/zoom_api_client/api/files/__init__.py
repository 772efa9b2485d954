"""The operations of files, a module each."""
