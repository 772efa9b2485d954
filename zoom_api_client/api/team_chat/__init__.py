"""The operations of team-chat, a module each."""
