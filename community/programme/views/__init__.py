"""Pages of the programme: for the public, for owners, for officers."""
