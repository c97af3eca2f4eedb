"""The screens of releases in the admin."""
