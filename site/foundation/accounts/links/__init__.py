"""Signing in by a link in an e-mail: works once, for a quarter of an hour, on any device. No password to lose."""
