"""A share of those who were asked is never told as a share of all."""

import pytest

from surveys.results.audiences import PUBLIC
from surveys.results.findings import largest_gaps
from surveys.results.presenting import asked_whom
from tests.surveys.results.releases import fill, item, make_release

pytestmark = pytest.mark.django_db
AFTER_ALWAYS = {"is_routed": True, "parent": "SAFE", "route": ["2"]}


def routed(**more):
    """A release with a question after SAFE, and one after an option of LIKES."""
    release = make_release()
    likes = [item("LIKES", kind="choose-all", part="1", row="Sport")]
    release.structure["items"] = [item("SAFE"), *likes, item("WHY") | AFTER_ALWAYS | more]
    release.structure["answers"]["WHY"] = release.structure["answers"]["SAFE"]
    release.save()
    fill(release)
    return release


@pytest.mark.parametrize(
    ("route", "said"),
    [
        ({}, "Only those who answered “Always” to “How about Safe?” were asked this."),
        ({"route": ["1", "2"]}, "Only those who answered “Never”, “Always” to “How about Safe?” were asked this."),
        ({"parent": "LIKES.1", "route": ["picked"]}, "Only those who answered “Sport” to “How about Likes?” were asked this."),
        ({"parent": None, "route": []}, "Only some were asked this, by what they had answered before."),
    ],
)  # fmt: skip
def test_the_pages_of_a_routed_question_say_who_was_asked(client, route, said):
    release = routed(**route)
    page = client.get("/en/surveys/test/autumn/questions/WHY/").content.decode()
    topic = client.get("/en/surveys/test/autumn/topics/health/").content.decode()

    assert said in page
    assert topic.count(said) == 1
    assert asked_whom(release.structure["items"], release.structure["items"][0]) == ""
    assert said not in client.get("/en/surveys/test/autumn/questions/SAFE/").content.decode()


def test_the_gap_of_a_routed_question_is_told_among_those_who_were_asked():
    found = {one.code: one.finding for one in largest_gaps(routed(), audience=PUBLIC)}

    assert found["WHY"] == "Of those who were asked, “Never”: 62% (Girl), 25% (Boy)."
    assert found["SAFE"] == "“Never”: 62% (Girl), 25% (Boy)."
