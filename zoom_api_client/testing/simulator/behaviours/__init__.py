"""Behaviours: what operations do beyond storing rows. Each module here is found and imported by itself."""
