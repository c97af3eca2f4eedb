"""When something goes wrong: a page that says so plainly, with the numbers to call, whatever else is broken."""
