"""Connects the answers' way to the rest of the site: chores, and what no backup may hold."""

from foundation.registries.backups import BackupExclusion, backup_exclusions
from foundation.registries.chores import Chore, chores
from foundation.registries.demo import DemoPart, demo_parts


def connect() -> None:
    """Sealing every few minutes; holding tables and pools out of every backup; last year's made-up answers."""
    from ..demo.answers import load_demo_answers
    from .reminders import remind_of_old_rows
    from .services import finish_due, flush_due

    chores.register("surveys: seal lessons that are over", Chore(flush_due, is_daily=False))
    chores.register("surveys: finish waves that were closed", Chore(finish_due, is_daily=False))
    chores.register("surveys: say which sealed answers are past their time", Chore(remind_of_old_rows))
    for table, reason in (
        ("surveys_held", "Answers of lessons that are not sealed: their order could be read."),
        ("surveys_held_text", "Texts of lessons that are not sealed."),
        ("surveys_pooled", "Answers of classes under ten, which wait for others."),
    ):
        backup_exclusions.register(table, BackupExclusion(table, reason))
    demo_parts.register("surveys-3-answers", DemoPart(load=load_demo_answers))
