"""gunicorn's own log, without the addresses that it would write for a broken request."""

import logging
from typing import Any

from gunicorn import glogging

from .formatter import SafeJsonFormatter


class SafeLogger(glogging.Logger):
    """No access log; errors as JSON lines, their values left out."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(SafeJsonFormatter())

    def access(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing: the site writes its own line."""

    def exception(self, msg: Any, *_args: Any, **kwargs: Any) -> None:
        # gunicorn puts the address asked for into this message.
        kwargs.setdefault("exc_info", True)
        self.error_log.log(logging.ERROR, "a request broke outside the site", **kwargs)
