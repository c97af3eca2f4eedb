"""Connects waves and class sessions to the rest of the site."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.partnership.models import School
from foundation.registries.areas import Area, areas
from foundation.registries.demo import DemoPart, demo_parts
from foundation.registries.roles import RoomPermissions, room_permissions

MODELS = ("wave", "waveschool", "classsession")


def connect() -> None:
    """What the demonstration brings, and who may plan waves."""
    from ..demo.fieldwork import load_demo_fieldwork

    areas.register(
        "surveys-schools", Area(lambda: _("Your school’s surveys"), lambda: reverse("my_schools"), _leads_a_school)
    )
    demo_parts.register("surveys-2-fieldwork", DemoPart(load=load_demo_fieldwork))
    managed = tuple(f"surveys.{verb}_{model}" for model in MODELS for verb in ("add", "change", "delete", "view"))
    room_permissions.register("surveys-fieldwork", RoomPermissions(by_role={"survey-manager": managed}))


def _leads_a_school(user: User) -> bool:
    """Whether this person looks after a school's surveys."""
    return School.objects.filter(leads__user=user.pk, is_active=True).exists()
