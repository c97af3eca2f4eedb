"""What is written down while the site runs, and what never is."""

from typing import Any

from .environment import env

LOG_REQUESTS = env.bool("LOG_REQUESTS", default=True)

# Addresses of pupils and of teachers' links: no line for a request, no number, no minute in what is written of a fault.
QUIET_PATHS = ["/s/", "/t/"]
# Of these, the ones under which no cookie may ever be set: pupils share devices.
COOKIELESS_PATHS = ["/s/"]

# Only our handler, on standard output. Django's own would mail request details to administrators.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "foundation.logs.current.RequestIdFilter"}},
    "formatters": {"safe": {"()": "foundation.logs.formatter.SafeJsonFormatter"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "safe",
            "filters": ["request_id"],
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "foundation.requests": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["stdout"], "level": "WARNING", "propagate": False},
        # The request line already says every status; what is added for an error is where it happened.
        "django.request": {"handlers": ["stdout"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stdout"], "level": "ERROR", "propagate": False},
        # Says of every task, with its number, that it was begun and done; a failed one is an error.
        "django_tasks": {"level": "WARNING"},
        # The development server writes the addresses asked for.
        "django.server": {"handlers": ["nowhere"], "propagate": False},
    },
}
