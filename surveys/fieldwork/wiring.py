"""Connects waves and class sessions to the rest of the site."""

from foundation.registries.demo import DemoPart, demo_parts
from foundation.registries.roles import RoomPermissions, room_permissions

MODELS = ("wave", "waveschool", "classsession")


def connect() -> None:
    """What the demonstration brings, and who may plan waves."""
    from ..demo.fieldwork import load_demo_fieldwork

    demo_parts.register("surveys-2-fieldwork", DemoPart(load=load_demo_fieldwork))
    managed = tuple(f"surveys.{verb}_{model}" for model in MODELS for verb in ("add", "change", "delete", "view"))
    room_permissions.register("surveys-fieldwork", RoomPermissions(by_role={"survey-manager": managed}))
