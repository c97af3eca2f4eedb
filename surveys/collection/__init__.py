"""Answers on their way in: the page, the holding table, the shuffle and the sealed rows."""
