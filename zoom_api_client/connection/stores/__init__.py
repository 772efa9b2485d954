"""Token stores keep tokens between two uses."""
