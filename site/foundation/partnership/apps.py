"""What the partnership is: its name, numbers, partners, subgroups, schools and wards."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "foundation.partnership"
    label = "partnership"
    default_auto_field = "django.db.models.BigAutoField"
