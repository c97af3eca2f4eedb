"""What the public, owners and officers fill in."""
