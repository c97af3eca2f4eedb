"""What can be done: booking, holding a date, counting it, forgetting."""
