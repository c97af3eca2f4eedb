"""Doors between the rooms; each module says what its registry carries."""
