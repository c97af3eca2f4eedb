"""Reads of the officers' screens."""
