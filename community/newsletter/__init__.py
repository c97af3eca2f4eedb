"""Contacts with what they agreed to, the newsletter, bulletins, and articles that organisations send."""
