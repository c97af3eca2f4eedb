"""Was this page useful? Two buttons, counted by day, nothing else kept."""
