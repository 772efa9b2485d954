"""The operations of scim2, a module each."""
