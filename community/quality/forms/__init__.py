"""What owners and officers type about quality."""
