"""What operations do that is not plain storage: a module of Zoom's each, found by themselves."""
