"""What runs by the calendar: reminders, lapsing, expiry, purging."""
