"""The pages under /s/."""
