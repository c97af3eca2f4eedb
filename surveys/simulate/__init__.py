"""Generated pupils who answer a wave: for the demonstration, for a rehearsal before a real wave, and for benchmarks.

Every one of them is drawn from a seeded random generator. No real child's answer went into it.
"""
