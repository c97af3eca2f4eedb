"""The picture beside somebody's name in the admin."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from tests.factories.accounts import holder_of, sign_in
from tests.foundation.media import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def editor():
    return holder_of("Editor")


def upload(client, editor, content, name="me-at-home.jpg"):
    sign_in(client, editor)
    return client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "A", "name_email-last_name": "B",
            "avatar-avatar": SimpleUploadedFile(name, content, content_type="image/jpeg"),
            "locale-preferred_language": "", "locale-current_time_zone": "Europe/London", "theme-theme": "system",
            "theme-density": "default", "theme-contrast": "system", "notifications-submitted_notifications": "",
        },
    )  # fmt: skip


@pytest.mark.parametrize("size", [(60, 40), (900, 600)])
def test_it_leaves_its_secrets_at_the_door(client, editor, size):
    content = files.picture("JPEG", size, gps=True, tail=b"<script>alert(1)</script>")
    assert upload(client, editor, content).status_code == 302
    avatar = UserProfile.get_for_user(editor).avatar
    raw = Path(avatar.path).read_bytes()
    assert b"Secretcam" not in raw
    assert b"script" not in raw
    assert "me-at-home" not in avatar.name
    with Image.open(avatar.path) as picture:
        assert not dict(picture.getexif())
        assert picture.height > picture.width, "it stands upright as the camera meant"
        assert max(picture.size) <= 400


def test_what_is_no_picture_is_refused_with_words(client, editor):
    response = upload(client, editor, b"GIF89a nothing of the kind")
    assert response.status_code == 200
    assert "image" in response.text
    assert not UserProfile.get_for_user(editor).avatar
