"""What deploy/ and docs/deploy.md say is true of the code: variables, folders, units, and who may read sealed answers."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = [*(ROOT / "site/cscp/settings").rglob("*.py"), ROOT / "gunicorn.conf.py", ROOT / "site/cscp/wsgi.py"]
EXAMPLES = sorted((ROOT / "deploy").glob("*.env.example"))
OF_OTHER_PROGRAMS = {
    "POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD", "WEB_PASSWORD", "SEALER_PASSWORD", "SITE_HOST", "UPSTREAM", "UPLOADS",
    "PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "EDITOR", "ON_ERROR_STOP", "REHEARSAL_IMAGE",
}  # fmt: skip
REQUIRED = {
    "SECRET_KEY", "ALLOWED_HOSTS", "AUDIT_KEY", "SECOND_FACTOR_KEY", "BASE_URL", "DATABASE_URL", "SEALED_DATABASE_URL",
    "REDIS_URL", "BACKGROUND_WORKER", "TRUSTED_PROXIES", "EMAIL_URL", "DEFAULT_FROM_EMAIL",
    "MEDIA_ROOT", "PRIVATE_ROOT", "STATIC_ROOT",
}  # fmt: skip


def read_by_the_code():
    """Every variable that the settings or gunicorn's own ask the environment for."""
    asked = re.compile(r"""env(?:iron)?\.\w+\(\s*["'](\w+)["']""")
    return {name for path in SETTINGS for name in asked.findall(path.read_text())}


def set_in(path):
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", path.read_text(), re.MULTILINE))


def named_in_deploy():
    """Every variable that a file of deploy/ sets, and every word in docs/deploy.md that looks like one."""
    names = {name for path in EXAMPLES for name in set_in(path)}
    image = (ROOT / "deploy/Dockerfile").read_text()
    names |= set(re.findall(r"\b([A-Z][A-Z_]{3,})=", image))
    guide = (ROOT / "docs/deploy.md").read_text()
    names |= set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)(?:=[^`]*)?`", guide)) - {"ADDRESS", "FILE", "NAME"}
    names |= set(re.findall(r"\b([A-Z]+_[A-Z_]+)=", guide))
    return names


def test_every_variable_that_is_named_is_read_by_the_code_or_by_another_program():
    assert named_in_deploy() - read_by_the_code() - OF_OTHER_PROGRAMS - {"DJANGO_SETTINGS_MODULE"} == set()


def test_every_variable_that_a_real_site_needs_is_in_an_example_and_in_the_guide():
    examples = {name for path in EXAMPLES for name in set_in(path)}
    assert REQUIRED - read_by_the_code() == set()
    assert REQUIRED - examples == set()
    guide = (ROOT / "docs/deploy.md").read_text()
    assert [name for name in sorted(REQUIRED) if name not in guide] == []


def test_what_production_refuses_to_start_without_counts_as_required():
    text = (ROOT / "site/cscp/settings/production.py").read_text()
    assert set(re.findall(r'env\.\w+\("(\w+)"\)', text)) <= REQUIRED


def test_the_server_opens_no_door_but_its_port():
    """Its control socket would lie in a home folder, which a read-only container and a hardened unit do not have."""
    told = {}
    exec((ROOT / "gunicorn.conf.py").read_text(), told)  # as gunicorn reads it
    assert told["control_socket_disable"] is True
    assert told["accesslog"] is None


@pytest.fixture
def compose():
    return yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())


def test_no_web_process_is_given_the_sealers_password(compose):
    assert "SEALED_DATABASE_URL" not in set_in(ROOT / "deploy/site.env.example")
    readers = {name for name, service in compose["services"].items() if "sealer.env" in service.get("env_file", [])}
    assert readers == {"worker", "housekeeping", "backup"}
    units = {path.name for path in (ROOT / "deploy/systemd").iterdir() if "sealer.env" in path.read_text()}
    assert units == {"cscp-worker.service", "cscp-housekeeping.service", "cscp-backup.service"}


def test_containers_of_the_site_write_nowhere_but_their_volumes_and_are_not_root(compose):
    for name in ("web", "worker", "housekeeping", "backup", "owner"):
        service = compose["services"][name]
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
    assert re.search(r"^USER cscp$", (ROOT / "deploy/Dockerfile").read_text(), re.MULTILINE)


def test_the_database_and_the_cache_are_reached_from_inside_alone(compose):
    assert compose["networks"]["inside"]["internal"]
    for name in ("db", "redis"):
        assert compose["services"][name]["networks"] == ["inside"]
        assert "ports" not in compose["services"][name]


def test_the_proxy_reaches_the_web_alone_and_over_the_network_whose_word_is_believed(compose):
    networks, services = compose["networks"], compose["services"]
    caddy, web = services["caddy"], services["web"]["networks"]
    shared = [name for name in caddy["networks"] if name in web]
    assert shared == ["front"]
    assert {name for name, service in services.items() if "front" in service["networks"]} == {"caddy", "web"}
    assert caddy["environment"]["UPSTREAM"] == f"{web['front']['aliases'][0]}:8000"
    assert networks["front"]["internal"]
    subnet = networks["front"]["ipam"]["config"][0]["subnet"]
    assert f"TRUSTED_PROXIES={subnet}" in (ROOT / "deploy/site.env.example").read_text()


def test_a_container_that_the_internet_reaches_is_given_no_password(compose):
    published = {name for name, service in compose["services"].items() if service.get("ports")}
    assert published == {"caddy"}
    assert compose["services"]["caddy"]["env_file"] == ["proxy.env"]
    assert set_in(ROOT / "deploy/proxy.env.example") == {"SITE_HOST"}
    assert [name for name, one in compose["services"].items() if "compose.env" in one.get("env_file", [])] == ["db"]


def test_a_program_without_capabilities_need_not_become_another_user(compose):
    """The images of Redis and PostgreSQL begin as root and step down, which needs a capability."""
    for name in ("db", "redis"):
        service = compose["services"][name]
        assert "cap_drop" not in service or service["user"] == name, name


def test_every_env_file_of_the_compose_file_has_an_example(compose):
    asked = {name for service in compose["services"].values() for name in service.get("env_file", [])}
    assert {f"{name}.example" for name in asked} == {path.name for path in EXAMPLES}
    guide = (ROOT / "docs/deploy.md").read_text()
    copied = re.search(r"for name in ([a-z ]+); do cp", guide)[1].split()
    assert {f"{name}.env" for name in copied} == asked


def test_the_proxy_writes_no_log_of_requests_and_serves_no_document():
    text = (ROOT / "deploy/caddy/Caddyfile").read_text()
    site = text[text.index("{$SITE_HOST}") :]
    assert not re.search(r"^\s*log\b", site, re.MULTILINE)
    assert "exclude http" in text
    for line in ("respond /media/documents/* 404", "respond /media/private/* 404", "default-src 'none'; sandbox"):
        assert line in site


def test_what_the_image_copies_is_there_and_not_ignored():
    image = (ROOT / "deploy/Dockerfile").read_text()
    let_in = set(re.findall(r"^!(\S+)", (ROOT / "deploy/Dockerfile.dockerignore").read_text(), re.MULTILINE))
    copied = {word for line in re.findall(r"^COPY (?!--from)(.+) \S+$", image, re.MULTILINE) for word in line.split()}
    assert copied
    for path in copied:
        assert (ROOT / path).exists(), path
        assert path.split("/")[0] in let_in, path


def test_every_command_that_deploy_names_exists():
    from django.core.management import get_commands

    files = [*(ROOT / "deploy").rglob("*"), ROOT / "docs/deploy.md"]
    text = "".join(path.read_text() for path in files if path.is_file())
    named = set(re.findall(r"(?:(?<!COPY )manage\.py |\"manage\.py\", \")([a-z_]+)", text))
    assert {"backup", "restore", "housekeeping", "db_worker"} <= named
    assert named - set(get_commands()) == set()


def test_the_page_of_a_site_that_is_away_has_the_numbers_of_the_settings(settings):
    page = (ROOT / "deploy/caddy/resting.html").read_text()
    for line in settings.FALLBACK_HELPLINES:
        assert f'href="tel:{line["phone"].replace(" ", "")}">{line["phone"]}<' in page
    assert "<script" not in page
    assert "style" not in page
    assert "resting.html" in (ROOT / "deploy/caddy/Caddyfile").read_text()
    assert "./caddy/resting.html:" in (ROOT / "deploy/compose.yaml").read_text()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    for path in (ROOT / "deploy/systemd").iterdir():
        # Programs and folders of a server are not here.
        text = re.sub(r"^(ExecStart)=.*$", r"\1=/bin/true", path.read_text(), flags=re.MULTILINE)
        (tmp_path / path.name).write_text(
            re.sub(r"^(WorkingDirectory|EnvironmentFile)=.*\n", "", text, flags=re.MULTILINE)
        )
    command = ["systemd-analyze", "verify", "--man=no", *sorted(str(path) for path in tmp_path.iterdir())]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in told.stderr.splitlines() if "cscp-" in line and "/usr/lib/" not in line] == []


@pytest.mark.skipif(not shutil.which("caddy"), reason="there is no Caddy")
def test_caddy_reads_its_file():
    command = ["caddy", "validate", "--config", "deploy/caddy/Caddyfile", "--adapter", "caddyfile"]
    told = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"SITE_HOST": "www.example.org"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
