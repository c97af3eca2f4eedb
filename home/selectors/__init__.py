"""What pages show of other pages. Reads only."""

from .reviews import pages_due_for_review

__all__ = ["pages_due_for_review"]
