"""One protected release a wave: planned, computed, attacked, and only then seen."""
