"""When each chore was last done."""

from django.db import models


class ChoreRun(models.Model):
    """The last run of one chore. In the database, because a cache may be away, or empty in each new process."""

    name = models.CharField(max_length=120, primary_key=True)
    tried_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    """The last time that it did not fail."""

    class Meta:
        verbose_name = "run of a chore"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
