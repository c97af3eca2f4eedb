"""Wagtail's own app for users, with our screens. It stands in the list of apps in place of "wagtail.users"."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "foundation.accounts.viewsets.PeopleViewSet"

    def ready(self) -> None:
        """Close Wagtail's actions on many people at once: they ask none of the questions that our screens ask (not
        yourself, not a superuser), and two of them change rows past the audit trail."""
        from wagtail.admin.views.account import AvatarSettingsPanel
        from wagtail.users.views import bulk_actions

        from foundation.media.avatars import CleanAvatarForm

        super().ready()
        for action in (
            bulk_actions.AssignRoleBulkAction,
            bulk_actions.DeleteBulkAction,
            bulk_actions.SetActiveStateBulkAction,
        ):
            action.models = []
        # Wagtail keeps the file of an avatar as it came, place and camera included.
        AvatarSettingsPanel.form_class = CleanAvatarForm
