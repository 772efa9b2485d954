"""The operations of iq, a module each."""
