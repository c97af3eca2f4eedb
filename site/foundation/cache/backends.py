"""A Redis cache that the site survives: while Redis is away, nothing is cached and nobody sees an error."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger("foundation.cache")

CONNECT_SECONDS = 0.3
ANSWER_SECONDS = 0.5
HOLD_OFF_SECONDS = 2.0
LOG_SECONDS = 60.0


class _Circuit:
    """After a failure nobody tries for a moment: a host that does not answer would cost every page its timeout."""

    def __init__(self) -> None:
        self.closed_until = 0.0
        self.logged_at = float("-inf")

    def is_open(self) -> bool:
        return time.monotonic() >= self.closed_until

    def trip(self, error: Exception) -> None:
        now = time.monotonic()
        self.closed_until = now + HOLD_OFF_SECONDS
        if now - self.logged_at >= LOG_SECONDS:
            self.logged_at = now
            logger.warning(
                "the shared cache does not answer", extra={"event": "cache_away", "error": type(error).__name__}
            )


# All caches of a process talk to the same server, by its address.
_circuits: dict[str, _Circuit] = {}


class SafeRedisCache(RedisCache):
    """Django's Redis cache with short timeouts, whose failures look like an empty cache.

    `incr` and `decr` raise ValueError while Redis is away, as they do for a key that is not there. `clear` removes
    this cache's own keys (its KEY_PREFIX) and leaves its neighbours alone.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self._circuit = _circuits.setdefault(str(server), _Circuit())

    def _try(self, action: Callable[[], Any], otherwise: Any) -> Any:
        if not self._circuit.is_open():
            return otherwise
        try:
            return action()
        except (RedisError, OSError) as error:
            self._circuit.trip(error)
            return otherwise

    def is_answering(self) -> bool:
        """Whether the server answers now; asks it, whatever happened a moment ago."""
        try:
            return bool(self._cache.get_client(None).ping())
        except (RedisError, OSError) as error:
            self._circuit.trip(error)
            return False

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(SafeRedisCache, self).add(key, value, timeout, version), False))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(SafeRedisCache, self).get(key, default, version), default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._try(lambda: super(SafeRedisCache, self).set(key, value, timeout, version), None)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(SafeRedisCache, self).touch(key, timeout, version), False))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(SafeRedisCache, self).delete(key, version), False))

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        wanted = list(keys)
        if not wanted:
            return {}
        return dict(self._try(lambda: super(SafeRedisCache, self).get_many(wanted, version), {}))

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(SafeRedisCache, self).has_key(key, version), False))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        number = self._try(lambda: super(SafeRedisCache, self).incr(key, delta, version), None)
        if number is None:
            raise ValueError(f"Key '{key}' not found: the cache is away.")
        return int(number)

    def set_many(self, data: dict[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[str]:
        return list(self._try(lambda: super(SafeRedisCache, self).set_many(data, timeout, version), list(data)))

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        wanted = list(keys)
        self._try(lambda: super(SafeRedisCache, self).delete_many(wanted, version), None)

    def clear(self) -> None:
        self._try(self._clear_own_keys, None)

    def _clear_own_keys(self) -> None:
        client = self._cache.get_client(None, write=True)
        batch: list[bytes] = []
        for key in client.scan_iter(match=f"{self.key_prefix}:*", count=500):
            batch.append(key)
            if len(batch) >= 500:
                client.delete(*batch)
                batch.clear()
        if batch:
            client.delete(*batch)
