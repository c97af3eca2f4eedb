"""What the owners' area asks: short forms, one thing a page."""
