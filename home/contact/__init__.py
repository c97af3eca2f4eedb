"""The contact form and the forms that staff build: what is asked, what is refused, where it goes."""
