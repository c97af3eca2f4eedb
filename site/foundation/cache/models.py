"""The one row that says which kept pages still hold."""

from django.db import models


class Generation(models.Model):
    """A token that changes with every change to what the public sees. There is one row, number 1.

    It stands in the database rather than in the cache, so that a publishing command in another process reaches every
    server, and a cache that was away cannot miss it. A random token, so that a restored backup never names an old one.
    """

    token = models.CharField(max_length=32)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "generation of kept pages"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_generation")]

    def __str__(self) -> str:
        return self.token
