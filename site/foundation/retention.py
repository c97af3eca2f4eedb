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
        "Results of background tasks", ("django_tasks_database_dbtaskresult",),
        "To find faults; row numbers, no words", "14 days", command=("prune_db_task_results", "--min-age-days=14"),
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
