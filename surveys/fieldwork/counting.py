"""Counts as a teacher or a school may see them before a session is sealed: in fives, so that nobody learns who has just
sent their answers."""

STEP = 5

FEWEST = 10
"""Rows that may be sealed together; fewer wait for others of their school and year group."""


def in_fives(count: int) -> tuple[int, int]:
    """The five that a count lies in: 0 is (0, 0), 1 to 5 is (1, 5), 6 to 10 is (6, 10)."""
    if count <= 0:
        return 0, 0
    top = -(-count // STEP) * STEP
    return top - STEP + 1, top


def nearest_five(count: int) -> int:
    """A total rounded to the nearest five, for progress over many sessions."""
    return STEP * ((count + STEP // 2) // STEP)
