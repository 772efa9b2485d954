"""The operations of zoom-docs, a module each."""
