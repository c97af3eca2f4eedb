"""The community team's screens, in the admin."""
