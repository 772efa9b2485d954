"""The operations of healthcare, a module each."""
