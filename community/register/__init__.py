"""What a setting tells us: its record, and how its owners fill it in and keep it true."""
