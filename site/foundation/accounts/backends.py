"""Who is signed in and what they may do, in as few questions to the database as will do: staff screens ask on every request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as PasswordBackend
from django.contrib.auth.models import Permission

from .models import User


class AuthenticationBackend(PasswordBackend):
    """allauth's own way in. The person comes with their profile of the admin, and their permissions in one answer, where
    Django asks for their own and for those of their groups one after the other."""

    def get_user(self, user_id: Any) -> User | None:
        """The person, if they may still sign in."""
        person = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """As Django answers it, and kept on the person where Django keeps it, so that one request asks once."""
        if not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            own = Permission.objects.filter(user=user_obj)
            of_groups = Permission.objects.filter(group__user=user_obj)
            named = [rows.order_by().values_list("content_type__app_label", "codename") for rows in (own, of_groups)]
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in named[0].union(named[1])}
        return user_obj._perm_cache
