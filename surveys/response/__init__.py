"""What subgroups make of the figures, and what was done: you said, we did."""
