"""Young Advisors read drafts outside the admin, say what should change, and decide in plain words."""
