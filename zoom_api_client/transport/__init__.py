"""The way to Zoom: what is sent, what an answer means, when it is sent again, and the HTTP library itself."""
