"""Two addresses for machines: is the process alive, and can it do its work."""
