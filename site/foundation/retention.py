"""How long what is held about people is kept: one table, which `manage.py purge` shows and carries out.

The deleting itself is done where the data lives, by chores and commands; here they are named. docs/personal-data.md says the
same to people, and tests compare the two.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command

from foundation.registries.chores import chores


@dataclass(frozen=True)
class Rule:
    """What is kept, why, how long, and what deletes it: a chore or a command; neither where people must decide."""

    what: str
    tables: tuple[str, ...]
    why: str
    kept: str
    chore: str = ""
    """Its name among `foundation.registries.chores`."""
    command: tuple[str, ...] = ()
    """`manage.py …`, in the form that deletes."""
    asks_first: bool = False
    """Whether it is left to a person, who gives the command: `purge` only says so."""


SCHEDULE = (
    Rule(
        "Links that sign setting owners in", ("links_signinlink",),
        "To know that a mailbox is theirs", "1 day after the link ran out", chore="links: forget old sign-in links",
    ),
    Rule(
        "Sessions of people who signed in", ("django_session",),
        "To stay signed in, 8 hours at most", "until the session ends", command=("clearsessions",),
    ),
    Rule(
        "E-mails that could not be sent", ("mail_outgoingmessage",),
        "To try again while the mail server is away", "30 days", chore="mail: forget what could not be sent",
    ),
    Rule(
        "Answers to forms that staff built", ("home_formpageanswer",),
        "What the form says it is for", "as many days as the form's page promises", chore="home: forget answers to forms",
    ),
    Rule(
        "Searches that found nothing", ("counts_pendingmiss", "counts_searchmiss"),
        "To see which words people use", "90 days as a hash; words that came up often, a year after the last search",
        chore="counts: forget what is past its time",
    ),
    Rule(
        "How often pages were read", ("counts_pagecount", "counts_usefulcount"),
        "To see what is useful; numbers, nobody's visit", "2 years", chore="counts: forget what is past its time",
    ),
    Rule(
        "Files that settings showed in confidence", ("community_evidencefile",),
        "To check what a setting says", "90 days after the decision; that it was seen is kept",
        chore="community: what the calendar brings",
    ),
    Rule(
        "Bookings of forums and training", ("programme_booking",),
        "To keep a place, to say who came, to make certificates",
        "what somebody needs, until the day is over; names 1 year, or until the certificate runs out (3 years without "
        "an end); of those who did not come, 30 days; unconfirmed ones 2 days; that somebody came is kept",
        chore="programme: forget names and needs",
    ),
    Rule(
        "Reports about listings", ("community_listingreport",),
        "To put a listing right, and to answer", "the e-mail address 90 days and the report a year, once it is dealt with",
        chore="community: forget old reports about listings",
    ),
    Rule(
        "Results of background tasks", ("django_tasks_database_dbtaskresult",),
        "To find faults; row numbers, no words", "14 days", command=("prune_db_task_results", "--min-age-days=14"),
    ),
    Rule(
        "Notes on visits, calls and mentoring with settings", ("outreach_note",),
        "To know what was agreed, and what comes next", "3 years after the meeting", chore="outreach: forget old notes",
    ),
    Rule(
        "Addresses typed into the newsletter form", ("newsletter_request",),
        "To send them the link that confirms", "48 hours", chore="newsletter: forget what is past its time",
    ),
    Rule(
        "Newsletter contacts who agree to nothing", ("newsletter_contact", "newsletter_consent"),
        "To ask them once, and to honour what they took back",
        "2 years; of those who asked us never to write, the address alone stays",
        chore="newsletter: forget what is past its time",
    ),
    Rule(
        "Who got which issue of the newsletter", ("newsletter_delivery",),
        "To send nothing twice, and to see what came back", "1 year after it went out; totals stay",
        chore="newsletter: forget what is past its time",
    ),
    Rule(
        "Articles that organisations sent", ("newsletter_article", "newsletter_articlepicture"),
        "To decide on them, and to answer", "refused ones 90 days, undecided ones 1 year; who sent an accepted one, 1 year",
        chore="newsletter: forget what is past its time",
    ),
    Rule(
        "Answers of a lesson that is not sealed", ("surveys_held", "surveys_held_text"),
        "To take each pupil's answers once", "until the lesson is sealed, minutes after its end",
        chore="surveys: seal lessons that are over",
    ),
    Rule(
        "Sealed answers", ("surveys_sealed", "surveys_pooled"),
        "To make the figures, and to check the next wave's", "365 days after the wave closed (SURVEYS_KEEP_SEALED_DAYS)",
        command=("delete_sealed", "--yes"), asks_first=True,
    ),
)  # fmt: skip


def carry_out(rule: Rule, *, done: set[str]) -> str:
    """Delete what is past the rule's time; what was done, in words. `done` remembers chores that two rules share."""
    if rule.asks_first:
        return f"left to a person: manage.py {' '.join(rule.command)}"
    name = rule.chore or rule.command[0]
    if name in done:
        return f"done with “{name}” above"
    done.add(name)
    if name == "prune_db_task_results" and not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return "nothing is kept: tasks run at once"
    if rule.chore:
        return f"{dict(chores.items())[rule.chore].run()} by “{rule.chore}”"
    call_command(*rule.command, verbosity=0)
    return f"manage.py {name}"
