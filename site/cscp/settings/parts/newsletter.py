"""How issues of the newsletter leave the house."""

from .environment import env

# "smtp": the mail server of EMAIL_URL. "notify": GOV.UK Notify, with a key and a template of the partnership's own.
NEWSLETTER_CARRIER = env.str("NEWSLETTER_CARRIER", default="smtp")
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", default="")
NOTIFY_TEMPLATE_ID = env.str("NOTIFY_TEMPLATE_ID", default="")
# After so many mails that came back for good, an address gets nothing more.
NEWSLETTER_MOST_BOUNCES = env.int("NEWSLETTER_MOST_BOUNCES", default=3)
# Where mails come back to (the sender of the envelope), else the From address; and the mailbox in which they arrive:
# imaps://user:password@host/folder, name and password percent-encoded. Housekeeping reads it.
NEWSLETTER_BOUNCES_TO = env.str("NEWSLETTER_BOUNCES_TO", default="")
NEWSLETTER_BOUNCE_MAILBOX = env.str("NEWSLETTER_BOUNCE_MAILBOX", default="")
