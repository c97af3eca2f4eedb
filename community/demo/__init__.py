"""Fifty invented settings, so that every screen has something to show. Demonstration only."""
