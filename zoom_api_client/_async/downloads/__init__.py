"""Downloads: what asks and writes."""
