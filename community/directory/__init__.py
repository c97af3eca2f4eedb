"""What parents see: find, list, compare, ask."""
