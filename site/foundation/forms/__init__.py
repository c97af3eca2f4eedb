"""Forms of the public site: the renderer, the base classes, the signed token."""
