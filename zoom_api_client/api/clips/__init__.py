"""The operations of clips, a module each."""
