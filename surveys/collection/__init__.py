"""Answers: taken in, held for a lesson, shuffled, sealed. No door of this room leads back to a pupil."""
