"""`manage.py db_worker`: the worker of background tasks, logging as the rest of the site does."""

import logging

from django_tasks_db.compat import TASKS_LOGGER
from django_tasks_db.management.commands.db_worker import Command as Worker


class Command(Worker):
    """The library's worker turns its loggers up to INFO, whatever the settings say, and then writes three lines for each
    task, with its number, that say nothing to an operator: a failed task is an error, and that is what is looked for."""

    def configure_logging(self, verbosity: int) -> None:
        """Leave the levels as LOGGING has them; `-v 2` and `-v 3` show each task to somebody who looks for a fault."""
        if verbosity >= 2:
            for name in (TASKS_LOGGER, "django_tasks_db"):
                logging.getLogger(name).setLevel(logging.INFO if verbosity == 2 else logging.DEBUG)
