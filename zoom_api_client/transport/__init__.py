"""The way to Zoom: `wire` says what is sent and what an answer means, `http` sends it."""
