"""Every read of the quality room that more than one place needs."""
