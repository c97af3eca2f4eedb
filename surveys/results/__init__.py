"""What a release shows: to subgroups, to schools, to the public, always as sums of its cells."""
