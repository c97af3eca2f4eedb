"""Reads of the register that more than one place needs."""
