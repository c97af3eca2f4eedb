"""The pages that show figures."""
