"""Faults to a Sentry of the operator's, where there is one: the kind of the fault and where it happened, nothing else."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

from foundation.logs.quiet import is_quiet_now

PACKAGE = "sentry_sdk"
KEPT = ("event_id", "timestamp", "level", "platform", "environment", "release", "logger")
KEPT_OF_A_FRAME = ("filename", "function", "module", "lineno", "in_app")


def start() -> bool:
    """Begin to send faults, where SENTRY_DSN is set and the package is there; whether it did."""
    if not settings.SENTRY_DSN or find_spec(PACKAGE) is None:
        return False
    sentry: Any = import_module(PACKAGE)
    sentry.init(
        dsn=settings.SENTRY_DSN, send_default_pii=False, max_request_body_size="never", include_local_variables=False,
        max_breadcrumbs=0, traces_sample_rate=0, server_name="", before_send=scrub, before_breadcrumb=lambda *_given: None,
        auto_session_tracking=False,  # counts of requests by the minute would tell when a class answered
    )  # fmt: skip
    return True


def scrub(event: dict[str, Any], hint: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """What may leave this machine of a fault; None for a fault in a pupil's or a teacher's page, whose time alone tells.

    An allow-list: words of an exception and values of variables may quote what somebody typed.
    """
    if is_quiet_now.get():
        return None
    kept: dict[str, Any] = {name: event[name] for name in KEPT if name in event}
    values = (event.get("exception") or {}).get("values") or []
    kept["exception"] = {"values": [_scrubbed(each) for each in values]}
    return kept


def _scrubbed(exception: dict[str, Any]) -> dict[str, Any]:
    frames = (exception.get("stacktrace") or {}).get("frames") or []
    return {
        "type": exception.get("type"),
        "module": exception.get("module"),
        "value": "",
        "stacktrace": {
            "frames": [{name: frame[name] for name in KEPT_OF_A_FRAME if name in frame} for frame in frames]
        },
    }


@register(Tags.security, deploy=True)
def sentry_is_there_when_it_is_wanted(**_kwargs: Any) -> list[CheckMessage]:
    """Somebody who set the address believes that faults are sent."""
    if settings.SENTRY_DSN and find_spec(PACKAGE) is None:
        return [
            Warning(
                "SENTRY_DSN is set, but the package sentry-sdk is not installed: no fault is sent.",
                hint="pip install sentry-sdk into the environment, or take SENTRY_DSN away.",
                id="foundation.W020",
            )
        ]
    return []
