"""Pages of the owners' area: private, never kept by a browser, for members of a setting alone."""
