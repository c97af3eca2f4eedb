"""Logs without personal data: one JSON line for a request, from a list of what may be said."""
