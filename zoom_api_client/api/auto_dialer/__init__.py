"""The operations of auto-dialer, a module each."""
