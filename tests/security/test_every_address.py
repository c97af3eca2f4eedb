"""Every address of the site, as anybody and as somebody signed in: headers, redirects, what caches may keep."""

import pytest
from django.test import Client

from tests.factories.accounts import UserFactory, holder_of, sign_in
from tests.factories.community import MembershipFactory, SettingFactory
from tests.factories.pages import a_home_page
from tests.security.addresses import filled, patterns

pytestmark = pytest.mark.django_db
EVIL = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "javascript:alert(1)//evil.example",
)
NAMES = ("next", "return_to", "return_url", "redirect", "url", "u", "to", "back", "exit")
COOKIES_ALLOWED = (
    "/accounts/",
    "/admin/",
    "/review/",
    "/t/",
    "/en/my-setting/",
    "/en/results/",
    "/exit/",
    "/_util/",
    "/en/_util/",
    "/django-admin/",
)


def addresses(*, admin=False):
    """Name → address of all but the admin's (or of the admin's), in English."""
    found = {}
    for name, pattern in patterns():
        if pattern.startswith("admin/") == admin and not pattern.startswith("media/"):
            address = filled(pattern)
            found[name] = address if not pattern.startswith("^") else f"/en{address}"
    return found


@pytest.fixture(autouse=True)
def home():
    return a_home_page()


@pytest.fixture
def quiet_client():
    return Client(raise_request_exception=False)


def assert_headed(response, address):
    assert response["X-Content-Type-Options"] == "nosniff", address
    assert response["X-Frame-Options"] == "SAMEORIGIN", address
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}, address
    assert response["Cross-Origin-Opener-Policy"] == "same-origin", address
    assert response["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}, address
    assert "camera=()" in response["Permissions-Policy"], address
    assert "default-src 'none'" in response["Content-Security-Policy"], address
    scripts = [part for part in response["Content-Security-Policy"].split("; ") if part.startswith("script-src")]
    assert not [part for part in scripts if "unsafe" in part or "http" in part], address


def test_every_answer_to_anybody_is_headed_and_none_is_a_fault(quiet_client):
    asked = addresses()
    assert len(asked) > 120
    faults = []
    for name, address in asked.items():
        for response in (quiet_client.get(address), quiet_client.post(address), quiet_client.get(address, secure=True)):
            assert_headed(response, name)
            if response.status_code >= 500:
                faults.append((name, address, response.status_code))
    assert faults == []


def test_public_pages_set_no_cookie_on_anybody(quiet_client):
    for name, address in addresses().items():
        client = Client(raise_request_exception=False)
        response = client.get(address)
        if response.cookies:
            assert address.startswith(COOKIES_ALLOWED), (name, address, list(response.cookies))
            assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"], name


@pytest.mark.parametrize("who", ["anybody", "somebody signed in"])
def test_no_address_sends_anybody_elsewhere(quiet_client, who):
    if who != "anybody":
        sign_in(quiet_client, holder_of("Administrator"))
    asked = {**addresses(), **addresses(admin=True)}
    for name, address in asked.items():
        if name in {"exit"}:  # leads to the weather: that is what it is for, and nobody chooses where
            assert quiet_client.get(address + "?next=" + EVIL[0])["Location"].startswith("https://www.bbc.co.uk/")
            continue
        for evil in EVIL[:2]:
            query = "&".join(f"{each}={evil}" for each in NAMES)
            response = quiet_client.get(f"{address}?{query}", headers={"referer": evil})
            assert_stays(response, name)


def assert_stays(response, name):
    if 300 <= response.status_code < 400 and response.has_header("Location"):
        where = response["Location"]
        assert where.startswith(("/", "http://testserver/", "?", "#")), (name, where)
        assert not where.startswith(("//", "/\\")), (name, where)


@pytest.mark.parametrize("evil", EVIL)
def test_signing_in_leads_to_no_other_site(client, evil):
    person = holder_of("Editor")
    for path, field in (("/accounts/login/", "next"), ("/accounts/reauthenticate/", "next")):
        response = client.post(path, {"login": person.email, "password": "correct-horse-battery", field: evil})
        assert "evil.example" not in response.headers.get("Location", "").split("?")[0]


class TestWhatIsPrivate:
    """A page that shows who is signed in may be kept by nobody."""

    @pytest.mark.parametrize("role", ["owner", "Administrator", "Young Advisor", "Subgroup member", "School lead"])
    def test_no_page_that_knows_its_reader_is_kept(self, quiet_client, role):
        if role == "owner":
            person = UserFactory(email="marker@example.org", display_name="Marker Name")
            MembershipFactory(setting=SettingFactory(), user=person)
        else:
            person = holder_of(role, email="marker@example.org", display_name="Marker Name")
        sign_in(quiet_client, person)
        seen = 0
        for name, address in addresses().items():
            response = quiet_client.get(address)
            if response.status_code != 200 or response.streaming:
                continue
            knows = b"marker@example.org" in response.content or b"Marker Name" in response.content
            if knows or address.startswith(("/accounts/", "/review/", "/t/", "/en/my-setting/")):
                seen += 1
                assert "no-store" in response["Cache-Control"], (name, address)
        assert seen


class TestTheHost:
    @pytest.mark.parametrize(
        "host", ["evil.example", "testserver.evil.example", "evil.example:80", "testserver@evil.example"]
    )
    def test_another_host_is_refused_and_never_repeated(self, quiet_client, host):
        for path in ("/en/", "/accounts/login/", "/en/search/", "/sitemap.xml"):
            response = quiet_client.get(path, headers={"host": host})
            assert response.status_code == 400
            assert b"evil.example" not in response.content

    def test_a_proxys_word_about_the_host_is_not_believed(
        self, quiet_client, mailoutbox, django_capture_on_commit_callbacks
    ):
        person = holder_of("Editor")
        with django_capture_on_commit_callbacks(execute=True):
            quiet_client.post(
                "/accounts/password/reset/", {"email": person.email}, headers={"x-forwarded-host": "evil.example"}
            )
        assert mailoutbox
        assert "evil.example" not in mailoutbox[0].body
        page = quiet_client.get("/en/", headers={"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"})
        assert b"evil.example" not in page.content
