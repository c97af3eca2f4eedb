"""Puts the partnership's records into the admin's menu."""

from wagtail.snippets.models import register_snippet

from .viewsets import PartnershipViewSetGroup

register_snippet(PartnershipViewSetGroup)
