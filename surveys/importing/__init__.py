"""Coded answers from elsewhere, taken in through the same holding table and the same shuffle as a lesson's."""
