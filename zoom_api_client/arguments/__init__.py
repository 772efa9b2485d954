"""What callers may write for meetings, days, registrants and messages, and what is sent for it."""
