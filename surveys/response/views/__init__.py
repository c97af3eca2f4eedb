"""Findings: the subgroup's own pages, the public ones, the Young Advisors' first look, the survey managers' list."""
