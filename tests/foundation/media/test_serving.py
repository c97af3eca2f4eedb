"""Uploads where no proxy serves them."""

from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def put(settings, name, content=b"<script>alert(1)</script>"):
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_a_picture_is_served_and_can_run_nothing(settings):
    put(settings, "images/a.png")
    response = Client().get("/media/images/a.png")
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_documents_and_private_files_are_not_served_from_here(settings):
    for name in ("documents/a.pdf", "private/b.pdf"):
        put(settings, name)
        assert Client().get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/media/../secret_key", "/media/%2e%2e/%2e%2e/manage.py", "/media/images/"])
def test_no_path_leads_out_of_the_folder_or_lists_it(path):
    assert Client().get(path).status_code in {400, 404}
