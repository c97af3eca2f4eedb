"""Answers given on paper, keyed into a table by a person, and taken in like a lesson's."""

from .keying import KeyedRow, PaperProblem, columns_for, meanings_for, read_table
from .services import take_in_paper, taken_in_before

__all__ = [
    "KeyedRow", "PaperProblem", "columns_for", "meanings_for", "read_table", "take_in_paper", "taken_in_before",
]  # fmt: skip
