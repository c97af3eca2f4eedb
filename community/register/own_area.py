"""Owners who sign in with a password belong in the settings that they look after, like those who come by a link."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.registries.areas import Area, areas

from .models import Setting


def connect() -> None:
    """Once."""
    areas.register("community", Area(lambda: _("Your settings"), lambda: reverse("my_settings"), looks_after_one))


def looks_after_one(user: User) -> bool:
    """Whether this person is an owner."""
    return Setting.objects.of_member(user).exists()
