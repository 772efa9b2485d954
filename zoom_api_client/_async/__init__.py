"""All that awaits. What blocks, `_sync`, is derived from it."""
