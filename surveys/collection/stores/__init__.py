"""The two databases, each by its own means. `store()` gives the one in use; both have the same verbs.

Statements here go past Django's cursors on purpose: Django would write the answers into the text of the statement, where
a query log, `pg_stat_activity` or an error line of the server could show them. Here they are bound parameters, which
`deploy/postgresql/roles.sql` tells the server never to write.
"""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from .base import Group, Store
from .postgresql import PostgresqlStore
from .sqlite import SqliteStore

__all__ = ["SEALER", "Group", "Store", "sealer", "store"]

SEALER = "sealed"
"""The name of the second connection, under the role that may read sealed rows; see `docs/decisions/0030`."""


def sealer() -> str:
    """The connection under which to flush, seal and tabulate: a role of its own where one is set up."""
    return SEALER if SEALER in settings.DATABASES else DEFAULT_DB_ALIAS


def store(alias: str = DEFAULT_DB_ALIAS) -> Store:
    """What this connection's database can do with answers."""
    kinds: dict[str, type[Store]] = {"sqlite": SqliteStore, "postgresql": PostgresqlStore}
    return kinds[connections[alias].vendor](alias)
