"""Search: one index of everything that anyone may read, whatever it is and whichever database holds it."""
