"""Connects the questionnaires to the rest of the site."""

from foundation.registries.demo import DemoPart, demo_parts


def connect() -> None:
    """The guard of frozen versions, who may do what, and what the demonstration brings."""
    from ..demo.questionnaire import load_demo_questionnaire
    from . import advised, guards, permissions

    guards.connect()
    permissions.register_permissions()
    advised.connect()
    demo_parts.register("surveys-1-questionnaire", DemoPart(load=load_demo_questionnaire))
