"""The operations of contact-center, a module each."""
