"""Background work: when each chore was last done, and tasks whose worker died."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "foundation.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.registries.chores import Chore, chores

        from .left_behind import take_up_again

        chores.register("jobs: take up the tasks of a worker that died", Chore(take_up_again, is_daily=False))
