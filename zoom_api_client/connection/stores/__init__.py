"""Where tokens are kept between two uses."""
