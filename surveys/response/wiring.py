"""Connects findings to the rest of the site: the subgroups' public pages, the weekly mail, the demonstration."""

from foundation.registries.advisors import AdvisorsProvider, advisors_providers, leaving_steps
from foundation.registries.chores import Chore, chores
from foundation.registries.demo import DemoPart, demo_parts
from foundation.registries.findings import FindingsProvider, findings_providers

from .permissions import register_permissions


def connect() -> None:
    """Once."""
    from ..demo.responses import load_demo_responses
    from . import advised
    from .advisors import results_to_look_at
    from .reminders import remind_of_overdue
    from .selectors import findings_behind, findings_for
    from .words import forget_name

    register_permissions()
    advisors_providers.register("surveys-results", AdvisorsProvider(results_to_look_at))
    advised.connect()
    leaving_steps.register("surveys: words about results", forget_name)
    findings_providers.register("surveys-response", FindingsProvider(findings_for, findings_behind))
    chores.register("surveys: remind subgroups of what is overdue", Chore(remind_of_overdue))
    demo_parts.register("surveys-5-responses", DemoPart(load=load_demo_responses))
