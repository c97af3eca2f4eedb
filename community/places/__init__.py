"""Where things are: the table of postcodes, the districts drawn from it, school terms."""
