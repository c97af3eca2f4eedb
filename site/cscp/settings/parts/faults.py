"""What an error page says when nothing else can be asked."""

from .environment import env, gettext_noop

# National numbers, for pages that must work without the database; everywhere else helplines are content.
FALLBACK_HELPLINES: list[dict[str, object]] = env.json(
    "FALLBACK_HELPLINES",
    default=[
        {"name": gettext_noop("Emergency"), "phone": "999", "is_emergency": True, "hours": ""},
        {"name": gettext_noop("Childline"), "phone": "0800 1111", "is_emergency": False, "hours": ""},
        {
            "name": gettext_noop("NSPCC helpline"),
            "short_name": "NSPCC",
            "phone": "0808 800 5000",
            "is_emergency": False,
        },
    ],
)
CSRF_FAILURE_VIEW = "foundation.faults.views.csrf_failure"
DEFAULT_EXCEPTION_REPORTER_FILTER = "foundation.faults.reports.QuietReportFilter"
