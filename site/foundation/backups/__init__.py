"""Backups: one file that holds the database, the uploads and a list of what must be in it (docs/features/backups.md)."""
