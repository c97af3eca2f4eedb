"""The disk is full: what was acknowledged stays, and everybody else is told what to do."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.media.models import SiteImage
from tests.factories.accounts import holder_of, sign_in
from tests.foundation.media.files import picture

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT])
def test_an_upload_is_refused_in_words_and_leaves_no_row(client, monkeypatch, fault, caplog):
    def full(*_arguments, **_named):
        raise OSError(fault, "No space left on device", "/srv/media/picture.png")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    sign_in(client, holder_of("Editor"))
    client.raise_request_exception = False
    upload = SimpleUploadedFile("picture.png", picture("PNG"), content_type="image/png")

    answer = client.post(
        "/admin/images/add/", {"title": "A picture", "description": "A picture", "file": upload, "collection": 1}
    )

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "was not saved" in answer.text
    assert "/srv/media" not in answer.text
    assert not SiteImage.objects.exists()
    assert "disk_full" in [getattr(record, "event", "") for record in caplog.records]


def test_a_backup_that_does_not_fit_says_so_and_leaves_nothing_behind(tmp_path):
    """The system itself refuses to write: a limit on the size of files stands in for a full disk."""
    place = tmp_path / "backups"
    place.mkdir()
    told = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}", "MEDIA_ROOT": str(tmp_path / "media"),
        "PRIVATE_ROOT": str(tmp_path / "private"), "SECRET_KEY": "only-for-tests", "DJANGO_SETTINGS_MODULE": "cscp.settings.dev",
    }  # fmt: skip
    make = "import gzip, sys; sys.stdout.buffer.write(gzip.open('site/cscp/fresh.sqlite3.gz').read())"
    with (tmp_path / "site.sqlite3").open("wb") as new:
        subprocess.run([sys.executable, "-c", make], cwd=ROOT, stdout=new, check=True)

    def backup(**limits):
        command = [sys.executable, "manage.py", "backup", str(place)]
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | told, capture_output=True, text=True, check=False, **limits
        )

    refused = backup(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)))

    assert refused.returncode == 1
    assert "make room" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list(place.iterdir()) == []
    done = backup()
    assert done.returncode == 0, done.stderr
    assert len(list(place.iterdir())) == 1
