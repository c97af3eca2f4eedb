"""The picture that somebody shows beside their name in the admin."""

from typing import Any

from wagtail.admin.forms.account import AvatarPreferencesForm

from .forms import MAX_THUMBNAIL, check_size
from .pictures import redrawn


class CleanAvatarForm(AvatarPreferencesForm):
    """Wagtail's, with the picture redrawn like every other: a photo of oneself often says where one lives."""

    def clean_avatar(self) -> Any:
        file = self.cleaned_data.get("avatar")
        if file and "avatar" in self.changed_data:
            check_size(file, MAX_THUMBNAIL)
            self.cleaned_data["avatar"] = redrawn(file)
        return super().clean_avatar()
