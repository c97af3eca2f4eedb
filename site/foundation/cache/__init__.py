"""The page cache: a public page is made once and given to everybody until something on the site changes.

`backends` is the cache that outlives Redis, `generation` the token that makes every kept page old, `keys` says which
requests may share a page, `rules` which answers may be kept, `entries` how they are kept, `middleware` joins them.
"""
