"""Free text of small consultations: two moderators, four outcomes, themes with counts."""
