"""What a pupil meets: the class code, the questions one a page, sending, and what each reader gets to see.

Nothing here keeps anything about a pupil: no cookie, no session, no row but the one that `collection.services.receive` writes.
"""
