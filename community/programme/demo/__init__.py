"""A believable programme for the demonstration."""
