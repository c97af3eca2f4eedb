"""Every write of the quality room."""
