"""Settings by subject; `base` puts them together. A value that differs between places comes from the environment."""
