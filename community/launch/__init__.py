"""What a person of the partnership must have looked at before the site goes live, and again when it changes."""
