"""The forms of survey managers."""
