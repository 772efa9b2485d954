"""Downloads: they ask for files and write them."""
