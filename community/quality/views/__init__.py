"""The screens of the quality room: for owners, and for officers in the admin."""
