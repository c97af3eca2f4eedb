"""Background work: how a room puts something off until the page is answered. See docs/features/background-work.md."""
