"""How often one address may send a form. The address is turned into a keyed hash of the day and never kept."""

import ipaddress
import threading
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from foundation.headers.addresses import client_address

from .tokens import keyed_hash

DAY = 86_400
_MOST_REMEMBERED = 5_000


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds` for one address. `DAY` means a day in London, from midnight to midnight."""

    name: str
    times: int
    seconds: int


def is_within(request: HttpRequest, limit: Limit) -> bool:
    """Count this try, and say whether it is still allowed. Works with the shared cache away, then for each process."""
    # The hash of an address changes with London's day: a day by another clock would begin a second count in the night.
    window = timezone.localdate().isoformat() if limit.seconds == DAY else int(time.time()) // limit.seconds
    key = f"limit-{limit.name}-{window}-{address_hash(request)}"
    cache.add(key, 0, limit.seconds)
    try:
        tries = cache.incr(key)
    except ValueError:  # the cache is away
        tries = _local.count(key)
    return tries <= limit.times


def address_hash(request: HttpRequest) -> str:
    """The address, unrecognisable: another hash each day, so that nobody can be followed over two."""
    return keyed_hash(_network(client_address(request)), purpose=f"address-{timezone.localdate()}", length=20)


def _network(address: str) -> str:
    """An IPv6 household owns a /64: its addresses count as one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False).network_address)
    return str(parsed)


class _LocalCounter:
    """Counts in this process while there is no cache; forgets everything before it grows too large."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tries: dict[str, int] = {}

    def count(self, key: str) -> int:
        with self._lock:
            if len(self._tries) >= _MOST_REMEMBERED and key not in self._tries:
                self._tries.clear()
            self._tries[key] = self._tries.get(key, 0) + 1
            return self._tries[key]


_local = _LocalCounter()
