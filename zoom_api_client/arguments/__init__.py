"""Arguments turns what callers write for meetings, days, registrants and messages into what Zoom takes."""
