"""How often pages are read and found useful, and which searches found nothing, without knowing by whom.

No cookie, no address, no visit: a page and a day, and a number. `buffer` keeps numbers for seconds, `services` writes
them, `misses` is the rule for searches, `reports` shows staff what came of it.
"""
