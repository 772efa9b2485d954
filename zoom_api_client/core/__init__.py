"""Models, operations and events as values. Nothing in here sends, waits, or reads files but the package's own."""
