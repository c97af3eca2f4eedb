"""A new language's pages are opened to the roles the moment its home page is made."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page

from .role_setup import set_up_roles
from .roles import EDITOR


@receiver(post_save)
def open_new_tree(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    # Before the first `setup_roles` there is nothing to open it to.
    is_new_tree = created and not raw and isinstance(instance, Page) and instance.depth == 2
    if is_new_tree and Group.objects.filter(name=EDITOR.name).exists():
        set_up_roles()
