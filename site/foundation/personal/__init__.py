"""What is held about one person: shown to them when they ask, and erased when they ask for that (docs/personal-data.md)."""
