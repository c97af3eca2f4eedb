"""Words that editors type once, in the site's own language, and that the catalogues translate.

A heading of the footer has no version for each language; an audience or a topic may have one, but need not. The
words of the demonstration are listed here so that `make messages` finds them. A word that is not in the catalogue
stays as it was typed; where a template says so, it is marked as English (see `in_its_language`).
"""

from django.utils.translation import gettext_noop

FOOTER_HEADINGS = (
    gettext_noop("Get help"),
    gettext_noop("Find out more"),
    gettext_noop("Who we are"),
    gettext_noop("This site"),
)
AUDIENCES = (
    gettext_noop("Young people"),
    gettext_noop("Parents and carers"),
    gettext_noop("Clubs and tutors"),
    gettext_noop("Community and faith groups"),
    gettext_noop("Professionals"),
)
TOPICS = (
    gettext_noop("Online life"),
    gettext_noop("Bullying"),
    gettext_noop("Feelings and mental health"),
    gettext_noop("Relationships and consent"),
    gettext_noop("Exploitation"),
    gettext_noop("Knives and violence"),
    gettext_noop("Domestic abuse"),
    gettext_noop("Home and neglect"),
    gettext_noop("Sexual abuse"),
    gettext_noop("Going missing"),
    gettext_noop("Drugs and alcohol"),
    gettext_noop("Disabilities and SEND"),
    gettext_noop("School and missing out on school"),
    gettext_noop("Babies and the first 1,001 days"),
    gettext_noop("Female genital mutilation (FGM)"),
    gettext_noop("Forced marriage"),
    gettext_noop("Abuse linked to faith or belief"),
    gettext_noop("Private fostering"),
    gettext_noop("Radicalisation"),
    gettext_noop("Racism and hate"),
    gettext_noop("Children in care"),
    gettext_noop("Moving to adulthood"),
)
