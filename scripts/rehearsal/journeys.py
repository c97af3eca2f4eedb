"""What people do, through the proxy and at each server; each journey says what it found or raises `Failed`."""

import contextlib
import json
import re
import signal
import socket
import time
from collections.abc import Callable

import psycopg
from psycopg import sql

from .people import Failed, People, expect
from .stage import OFFICE

DIRECTORY = "/en/clubs-near-you/"
CALM = "/en/contact/"


def ready(people: People) -> str:
    """Both servers and the proxy say that they can work."""
    for browser in (*people.at_each_server(), people.anybody):
        page = browser.get("/health/ready")
        expect(page.status == 200 and json.loads(page.content)["cache"] == "ok", f"{browser.base}: {page.text}")
    return "database, migrations, disk and cache on both"


def home(people: People) -> str:
    """The front page with its headers; plain http is sent to https."""
    page = people.anybody.get("/")
    expect(page.status == 200 and "tel:999" in page.text, f"the home page: {page.status}")
    for name in ("Content-Security-Policy", "Strict-Transport-Security", "Permissions-Policy", "Referrer-Policy"):
        expect(bool(page.headers[name]), f"no {name}")
    expect(not people.anybody.cookies, "a public page set a cookie")
    plain = people.at_each_server()[0]
    plain.as_if_secure = False
    answer = plain.get("/en/", follow=False)
    expect(answer.status in {301, 400}, f"plain http was answered: {answer.status}")
    return "no cookie, every header, no plain http"


def search(people: People) -> str:
    """A word that the starter pages hold, typed as people type."""
    page = people.anybody.get("/en/search/?q=helpline")
    found = len(re.findall(r"<h[23][^>]*>\s*<a ", page.text))
    expect(page.status == 200 and found > 0, f"nothing found: {page.status}")
    return f"{found} results"


def contact(people: People) -> str:
    """Sent through one server, mailed by the worker."""
    page = people.anybody.get(CALM)
    subject = re.search(r'name="about" value="([^"]+)"', page.text) or re.search(r'<option value="([^"]+)"', page.text)
    form = page.form(with_field="message") | {"about": subject[1] if subject else ""}
    time.sleep(3.2)  # the form tells a person from a robot by how long they take
    words = "I would like a copy of the leaflet about online safety, please."
    answer = people.anybody.post(CALM, form | {"name": "Ola", "email": "ola@example.org", "message": words})
    expect(answer.status == 303, f"the form came back: {answer.status} {_complaint(answer.text)}")
    expect(words in people.stage.mailbox.wait_for(OFFICE), "the office got no mail")
    expect(people.anybody.get(f"{CALM}sent/").status == 200, "no thanks")
    return "thanked, and in the office's mailbox"


def owner_signs_in(people: People) -> str:
    """A link by mail; opened once."""
    form = people.owner.get("/en/my-setting/sign-in/").form(with_field="email")
    time.sleep(3.2)
    people.owner.post("/en/my-setting/sign-in/", form | {"email": people.facts["owner"]})
    mail = people.stage.mailbox.wait_for(people.facts["owner"])
    link = re.search(r"https?://[^/\s]+(/en/my-setting/sign-in/\S+)", mail)
    expect(link is not None, "no link came by mail")
    assert link
    page = people.owner.get(link[1])
    answer = people.owner.post(link[1], page.form(with_field="csrfmiddlewaretoken"))
    expect(answer.status in {302, 303}, f"the link did not sign in: {answer.status}")
    mine = people.owner.get(f"/en/my-setting/{people.facts['setting']}/")
    expect(mine.status == 200 and "Rehearsal Chess Club" in mine.text, f"their listing: {mine.status}")
    expect("no-store" in mine.headers["Cache-Control"], "a cache may keep the owner's page")
    expect(people.new().get(link[1]).status == 410, "the link works twice")
    return "once, and never again"


def staff_sign_in(people: People) -> str:
    """Password, then code; the session holds on either server."""
    front = people.sign_in(people.staff, people.facts["staff"])
    expect(front.status == 200, f"the admin: {front.status}")
    for browser in people.at_each_server():
        browser.cookies = dict(people.staff.cookies)
        expect(browser.get("/admin/", follow=False).status == 200, f"{browser.base} does not know the session")
    expect(people.anybody.get("/admin/", follow=False).status == 302, "anybody may see the admin")
    return "second step asked for; both servers know the session"


def guessing(people: People) -> str:
    """Wrong passwords are counted for both servers together."""
    servers, tried = people.at_each_server(), 0
    for tried in range(1, 9):
        browser = servers[tried % 2]
        form = browser.get("/accounts/login/").form(with_field="login")
        answer = browser.post("/accounts/login/", form | {"login": "nobody@example.org", "password": "wrong-words"})
        if answer.status == 429 or "Too many" in answer.text:
            return f"refused at try {tried}, over both servers"
    raise Failed(f"{tried} wrong passwords were tried")


def listing(people: People) -> str:
    """Shown by both servers, and in the open data."""
    path = f"{DIRECTORY}{people.facts['listing']}/"
    for browser in (*people.at_each_server(), people.anybody):
        page = browser.get(path)
        expect(page.status == 200 and "Rehearsal Chess Club" in page.text, f"{browser.base}: {page.status}")
    expect(people.anybody.get(f"/o/services/{people.facts['setting']}").status == 200, "not in the open data")
    return "on both servers and in the open data"


def lesson(people: People) -> str:
    """A class answers over both servers, some twice; the chores seal it, and only the sealer's role can read."""
    page = people.anybody.get("/s/")
    expect(page.status == 200 and not page.headers["Set-Cookie"], "the code page")
    expect(people.anybody.post("/s/questions/", {"code": people.facts["code"]}).status == 200, "the code was refused")
    told = []
    for body in people.facts["answers"]:
        sent = json.dumps(body).encode()
        told += [json.loads(people.new().post_json("/s/send/", sent).content)["state"] for _twice in range(2)]
    pupils = len(people.facts["answers"])
    expect(told == ["sent", "already"] * pupils, f"pupils were told {sorted(set(told))}")
    with people.stage.as_owner() as owner:
        close = "UPDATE surveys_classsession SET state = 'closing', closed_at = now() - interval '1 hour' WHERE id = %s"
        owner.execute(close, [people.facts["session"]])
    people.stage.manage("housekeeping", role="sealer")
    with people.stage.as_owner() as owner:
        kept = owner.execute(
            "SELECT (SELECT count(*) FROM surveys_sealed), (SELECT count(*) FROM surveys_held)"
        ).fetchone()
    expect(kept == (pupils, 0), f"sealed and held: {kept}")
    return f"{pupils} answers once each, sealed by the chores"


def nobody_reads(people: People) -> str:
    """The web's role is refused by PostgreSQL itself."""
    with people.stage.as_web() as web:
        for table in ("surveys_sealed", "surveys_pooled"):
            try:
                web.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            except psycopg.errors.InsufficientPrivilege:
                continue
            raise Failed(f"the web's role reads {table}")
    return "PostgreSQL refuses the web's role"


def purge(people: People) -> str:
    """A number is changed in the admin; both servers forget the pages that they kept."""
    page = people.staff.get("/admin/snippets/partnership/helpline/")
    edit = re.search(r"/admin/snippets/partnership/helpline/edit/\d+/", page.text)
    expect(edit is not None, f"no helpline to edit: {page.status}")
    assert edit
    form = people.staff.get(edit[0]).form(with_field="phone")
    name = f"Changed line {int(time.time()) % 10_000}"
    where = "/en/worried/helplines/"
    for browser in people.at_each_server():
        browser.get(where)
    answer = people.staff.post(edit[0], form | {"name": name})
    expect(answer.status == 302, f"the change was refused: {answer.status} {_complaint(answer.text)}")
    seconds = people.seconds_until(where, lambda page: name in page.text)
    expect(seconds < 3, f"only after {seconds:.1f} s")
    return f"on both servers after {seconds:.2f} s"


def suspension(people: People) -> str:
    """One officer takes a listing down; both servers say that there never was one."""
    expect(people.sign_in(people.lead, people.facts["lead"]).status == 200, "the safeguarding lead's admin")
    record = f"/admin/registry/records/{people.facts['setting']}/"
    page = people.lead.get(record)
    form = page.form(with_field="csrfmiddlewaretoken")
    expect(page.status == 200 and "csrfmiddlewaretoken" in form, f"the record: {page.status}")
    sent = {
        "csrfmiddlewaretoken": form["csrfmiddlewaretoken"],
        "do": "step",
        "act": "suspend",
        "reason": "Looked into.",
    }
    answer = people.lead.post(record, sent)
    expect(answer.status == 302, f"refused: {answer.status}")
    path = f"{DIRECTORY}{people.facts['listing']}/"
    seconds = people.seconds_until(path, lambda page: page.status == 404)
    gone, never = people.anybody.get(path), people.anybody.get(f"{DIRECTORY}never-heard-of/")
    expect(gone.content == never.content, "a suspended listing can be told from one that never was")
    expect(people.anybody.get(f"/o/services/{people.facts['setting']}").status == 404, "still in the open data")
    return f"gone from both servers after {seconds:.2f} s"


def one_server_gone(people: People) -> str:
    """A server is killed without warning: readers notice nothing."""
    people.stage.stop_web(0, how=signal.SIGKILL)
    seen = [people.new().get("/en/").status for _reader in range(20)]
    people.stage.start_web(0)
    expect(seen == [200] * 20, f"readers saw {sorted(set(seen))}")
    return "20 of 20 pages while it was away"


def slow_clients(people: People) -> str:
    """Forty connections that send their request a letter a second, and meanwhile a reader who wants a page."""
    where, slow = ("localhost", people.stage.proxy_port), []
    for _number in range(40):
        plain = socket.create_connection(where, timeout=10)
        slow.append(people.stage.trusted.wrap_socket(plain, server_hostname="localhost"))
        slow[-1].sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    waits = []
    for _reader in range(10):
        for connection in slow:
            # The proxy hangs up on a head that is not whole after ten seconds, as it should.
            with contextlib.suppress(OSError):
                connection.sendall(b"x")
        began = time.perf_counter()
        expect(people.new().get("/en/").status == 200, "no page while slow clients hold the line")
        waits.append(time.perf_counter() - began)
    for connection in slow:
        connection.close()
    expect(max(waits) < 3, f"a reader waited {max(waits):.1f} s")
    return f"40 of them; a reader waited {1000 * max(waits):.0f} ms at most"


def watched(people: People) -> str:
    """Monitoring reads the numbers of each server with its token; the proxy lets nobody at them."""
    expect(people.anybody.get("/health/metrics").status == 404, "the proxy shows the metrics")
    for browser in people.at_each_server():
        expect(browser.get("/health/metrics").status == 404, "the metrics are open to everybody")
        browser.bearer = people.stage.token
        page = browser.get("/health/metrics")
        expect(page.status == 200 and "cscp_tasks" in page.text, f"no metrics: {page.status}")
    return f"{sum(not line.startswith('#') for line in page.text.splitlines())} numbers, for the token alone"


def backup(people: People) -> str:
    """Made and encrypted by the sealer's role while the site works, and read to its end."""
    stage = people.stage
    stage.manage("backup", stage.programs.backups, role="sealer")
    made = sorted((stage.folder / "backups").iterdir())
    expect(len(made) == 1 and made[0].name.endswith(".enc"), f"in the folder: {[path.name for path in made]}")
    expect(b"owner@example.org" not in made[0].read_bytes(), "the backup is not encrypted")
    stage.manage("backup", "--check", f"{stage.programs.backups}/{made[0].name}", role="sealer")
    return f"{made[0].stat().st_size // 1024} KB, encrypted, whole"


def quiet_logs(people: People) -> str:
    """Nothing that was typed is in what the processes wrote."""
    written = people.stage.written()
    expect('"route"' in written or "route" in written, "there are no request lines to look through")
    secrets = {
        "an e-mail address": "@example.org",
        "the class code": people.facts["code"],
        "a password": people.facts["password"],
    }
    found = [name for name, words in secrets.items() if words in written]
    expect(not found, f"the logs hold {', '.join(found)}")
    return f"{written.count(chr(10))} lines without an address, a code or a password"


def _complaint(html: str) -> str:
    found = re.search(r'(?s)class="[^"]*error-summary[^"]*".*?</ul>', html) or re.search(
        r'(?s)class="error-message.*?</', html
    )
    return re.sub(r"(?s)<[^>]*>|\s+", " ", found[0])[:200] if found else ""


Journey = tuple[str, Callable[[People], str]]
JOURNEYS: list[Journey] = [
    ("Both servers are ready", ready),
    ("The home page, its headers, https alone", home),
    ("Search", search),
    ("The contact form, mailed by the worker", contact),
    ("An owner signs in by a link", owner_signs_in),
    ("Staff sign in with a second step", staff_sign_in),
    ("Guessing is counted over both servers", guessing),
    ("A listing", listing),
    ("A class answers and is sealed", lesson),
    ("Nobody at the web reads sealed answers", nobody_reads),
    ("A change is seen on both servers", purge),
    ("A suspension holds on both servers", suspension),
    ("A server is killed", one_server_gone),
    ("Slow clients", slow_clients),
    ("Monitoring", watched),
    ("A backup", backup),
    ("The logs say nothing of people", quiet_logs),
]
SHORT = {ready, home, contact, staff_sign_in, lesson, nobody_reads, one_server_gone, backup, quiet_logs}
