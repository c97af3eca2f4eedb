"""The scan for secrets and the audit of dependencies find what they must, and are not comforted by nothing; the list of
components has all of them."""

import importlib.util
import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DRAWN = "aK3x9Qz7" + "Lm2Vt5Rw8Yp4"  # in two pieces, so that the scan does not find its own test


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def scan():
    return script("scan_secrets")


@pytest.mark.parametrize(
    "line",
    [
        f'SECRET_KEY = "{DRAWN}"', f"api_key: '{DRAWN}'", "-----BEGIN RSA " + "PRIVATE KEY-----", "AKIA" + "ABCDEFGHIJKLMNOP",
        "DATABASE_URL=postgres://cscp:" + "hunter22secret@10.0.0.1/x", "token ghp_" + "a1B2" * 9,
    ],
)  # fmt: skip
def test_a_secret_is_found_and_not_repeated(scan, tmp_path, capsys, line):
    path = tmp_path / "settings.py"
    path.write_text(f"x = 1\n{line}\n")
    assert scan.main([str(path)]) == 1
    said = capsys.readouterr().out
    assert f"{path}:2: looks like" in said
    assert DRAWN not in said


@pytest.mark.parametrize(
    "line",
    [
        'PASSWORD = "correct-horse-battery"', "EMAIL_URL=smtp+tls://USER:PASSWORD@smtp.example.org:587",
        "imaps://user:password@host/folder", "imap://a:anything@mail.example.org/", "redis://:x:anything@127.0.0.1/0",
        'SECRET_KEY = env.str("SECRET_KEY")', f'API_KEY = "{DRAWN}"  # not-a-secret', 'password_help = "django.contrib.auth.help"',
    ],
)  # fmt: skip
def test_an_example_is_let_be(scan, tmp_path, line):
    path = tmp_path / "example.py"
    path.write_text(line)
    assert scan.main([str(path)]) == 0


LOCK = "django==5.2.19 \\\n    --hash=sha256:x\nPillow[extra]==12.0.0\n"
OSV = {
    "id": "GHSA-1", "aliases": ["CVE-2026-1"],
    "affected": [{"package": {"ecosystem": "PyPI", "name": "Django"}, "ranges": [
        {"type": "ECOSYSTEM", "events": [{"introduced": "5.2"}, {"fixed": "5.2.20"}]}]}],
}  # fmt: skip


@pytest.fixture
def audit(tmp_path, monkeypatch):
    module = script("audit_dependencies")
    monkeypatch.setattr(module, "ACCEPTED", tmp_path / "accepted.txt")
    (tmp_path / "lock.txt").write_text(LOCK)

    def run(report):
        (tmp_path / "report.json").write_text(report if isinstance(report, str) else json.dumps(report))
        return module.main([str(tmp_path / "report.json"), str(tmp_path / "lock.txt")])

    run.folder = tmp_path
    run.module = module
    return run


def test_an_affected_version_is_named_with_what_mends_it(audit, capsys):
    assert audit([OSV]) == 1
    assert "django 5.2.19: CVE-2026-1, GHSA-1, mended in 5.2.20" in capsys.readouterr().out


@pytest.mark.parametrize(
    "events",
    [
        [{"introduced": "0"}, {"fixed": "5.2.19"}],
        [{"introduced": "6.0"}],
        [{"introduced": "0"}, {"last_affected": "5.2.18"}],
    ],
)
def test_a_mended_and_a_later_version_are_not(audit, events):
    affected = [
        {"package": {"ecosystem": "PyPI", "name": "django"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
    ]
    assert audit([{**OSV, "affected": affected}]) == 0


def test_each_of_two_versions_that_are_locked_for_two_pythons_is_looked_at(audit, capsys):
    lock = "django==5.2.19 ; python_full_version < '3.12'\ndjango==5.2.20 ; python_full_version >= '3.12'\n"
    (audit.folder / "lock.txt").write_text(lock)
    assert audit([OSV]) == 1
    assert "django 5.2.19" in capsys.readouterr().out
    found = {"name": "Django", "version": "5.2.19", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}
    assert audit({"dependencies": [found]}) == 1


def test_what_was_looked_at_is_accepted_and_only_with_a_reason(audit):
    (audit.folder / "accepted.txt").write_text("CVE-2026-1 The site has no such form.\n")
    assert audit([OSV]) == 0
    (audit.folder / "accepted.txt").write_text("CVE-2026-1\n")
    with pytest.raises(SystemExit, match="needs a reason"):
        audit([OSV])


def test_a_report_of_pip_audit_is_read_too(audit):
    found = {
        "name": "pillow",
        "version": "12.0.0",
        "vulns": [{"id": "PYSEC-1", "aliases": [], "fix_versions": ["12.0.1"]}],
    }
    assert audit({"dependencies": [found]}) == 1
    assert audit({"dependencies": [{**found, "vulns": []}]}) == 0


@pytest.mark.parametrize(
    "report", ["", "[]", "{}", "no json", '{"dependencies": [{"name": "x", "skip_reason": "?"}]}', '[{"x": 1}]']
)
def test_a_report_that_says_nothing_is_no_comfort(audit, report):
    assert audit(report) == 2


def test_an_old_report_is_no_comfort(audit):
    assert audit([{**OSV, "affected": []}]) == 0
    os.utime(audit.folder / "report.json", (0, 0))
    assert audit.module.main([str(audit.folder / "report.json"), str(audit.folder / "lock.txt")]) == 2


def test_the_lock_of_this_site_is_read(audit):
    locked = audit.module.locked_in((ROOT / "requirements/base.txt").read_text())
    assert {"django", "wagtail", "cryptography"} <= set(locked)
    assert len(locked) > 40


class TestTheListOfComponents:
    def test_names_every_locked_package_with_a_hash_and_what_is_vendored(self, audit):
        listed = script("list_components").components()
        assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.5")
        python = {each["purl"] for each in listed["components"] if each["purl"].startswith("pkg:pypi/")}
        locked = audit.module.locked_in((ROOT / "requirements/base.txt").read_text())
        assert python == {f"pkg:pypi/{name}@{version}" for name, versions in locked.items() for version in versions}
        assert all(each["hashes"] for each in listed["components"] if each["purl"] in python)
        assert any(each["purl"].startswith("pkg:npm/govuk-frontend@") for each in listed["components"])

    def test_is_the_same_for_the_same_files(self):
        assert script("list_components").components() == script("list_components").components()
