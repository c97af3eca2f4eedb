"""From an owner's record to what the public sees, field by field."""

import pytest

from community.errors import ChangedMeanwhile, NotComplete, OwnSubmission, ReasonMissing, RegistryError, SamePersonTwice
from community.models import Answer, ChecklistItem, EvidenceCheck, SelfAssessment, StandardVersion
from community.moderation.selectors.review import review_rows
from community.moderation.services.steps import take_step
from community.moderation.services.submissions import (
    conclude,
    decide_fields,
    open_changes,
    publish_instant_changes,
    send_edits,
    submit_first,
)
from community.moderation.states import Act, Who
from community.register.selectors.changes import last_refusals
from tests.factories.community import (
    MembershipFactory,
    PersonFactory,
    SafeguardingContactFactory,
    SessionFactory,
    SettingFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db
ACCEPT, ASK, REFUSE = "accept", "ask", "refuse"


@pytest.fixture
def owner():
    return PersonFactory()


@pytest.fixture
def officers():
    return PersonFactory(), PersonFactory()


@pytest.fixture
def complete(owner):
    setting = SettingFactory(name="Invented Chess Club")
    MembershipFactory(setting=setting, user=owner)
    SessionFactory(activity__setting=setting)
    SafeguardingContactFactory(setting=setting)
    return setting


def decide_all(request, by, verdict=ACCEPT, reason="", **others):
    request.refresh_from_db()
    verdicts = {change.path: (verdict, reason) for change in open_changes(request)}
    verdicts.update(others.pop("but", {}))
    return decide_fields(request=request, verdicts=verdicts, by=by, seen_version=request.version)


def list_it(setting, owner, officers):
    request = submit_first(setting=setting, by=owner)
    take_step(setting=setting, act=Act.TAKE_UP, by=officers[0], who=Who.OFFICER)
    request = decide_all(request, officers[0])
    request = conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    conclude(request=request, by=officers[1], who=Who.OFFICER, seen_version=request.version)
    setting.refresh_from_db()
    return setting


def test_a_first_listing_needs_two_different_officers(complete, owner, officers):
    request = submit_first(setting=complete, by=owner)
    take_step(setting=complete, act=Act.TAKE_UP, by=officers[0], who=Who.OFFICER)
    request = decide_all(request, officers[0])
    request = conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    complete.refresh_from_db()
    assert complete.state == "in_review"
    assert complete.published is None
    with pytest.raises(SamePersonTwice):
        conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    conclude(request=request, by=officers[1], who=Who.LEAD, seen_version=request.version)
    complete.refresh_from_db()
    assert complete.state == "listed"
    assert complete.published.document["name"] == "Invented Chess Club"


def test_a_record_with_empty_sections_is_not_sent_and_says_which(owner):
    with pytest.raises(NotComplete) as error:
        submit_first(setting=SettingFactory(public_email=""), by=owner)
    assert error.value.sections == ["activities", "venues", "sessions", "costs", "contacts", "safeguarding"]


def test_a_first_listing_is_read_field_by_field_and_what_was_not_told_is_not_asked_about(complete, owner):
    paths = {change.path for change in open_changes(submit_first(setting=complete, by=owner))}
    assert {"name", "summary", "contact.email", "legal.form"} <= paths
    assert not {"contact", "legal", "send", "contact.phone", "ofsted.urn"} & paths


def test_the_old_words_stay_public_while_an_edit_waits(complete, owner, officers):
    setting = list_it(complete, owner, officers)
    setting.summary = "Chess for everybody."
    setting.save()
    request = send_edits(setting=setting, by=owner)
    setting.refresh_from_db()
    assert [change.path for change in open_changes(request)] == ["summary"]
    assert setting.published.document["summary"] == "Games after school."
    request = decide_all(request, officers[0])
    conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    setting.refresh_from_db()
    assert setting.published.document["summary"] == "Chess for everybody."


def test_closed_list_values_publish_at_once_and_free_text_never_does(complete, owner, officers):
    setting = list_it(complete, owner, officers)
    activity = setting.activities.get()
    activity.places, activity.cost_note = "no", "<b>Call me</b>"
    activity.save()
    setting.temporarily_closed, setting.notice = True, "Free text"
    setting.save()
    assert publish_instant_changes(setting=setting, by=owner)
    setting.refresh_from_db()
    document = setting.published.document
    assert document["activities"][str(activity.pk)]["places"] == "no"
    assert document["notice"]["temporarily_closed"] is True
    assert document["activities"][str(activity.pk)]["cost_note"] == ""
    assert document["notice"]["text"] == ""


def test_a_refused_field_keeps_its_old_words_and_says_why(complete, owner, officers):
    setting = list_it(complete, owner, officers)
    setting.summary, setting.description = "The best club.", "We play on Wednesdays."
    setting.save()
    request = send_edits(setting=setting, by=owner)
    request = decide_all(request, officers[0], but={"summary": (REFUSE, "Say what children do instead.")})
    conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    setting.refresh_from_db()
    assert setting.published.document["summary"] == "Games after school."
    assert setting.published.document["description"] == "We play on Wednesdays."
    assert request.decisions.get(path="summary").reason == "Say what children do instead."


def test_asking_or_refusing_needs_a_reason(complete, owner, officers):
    request = submit_first(setting=complete, by=owner)
    with pytest.raises(ReasonMissing):
        decide_all(request, officers[0], verdict=ASK, reason=" ")


def test_a_question_sends_the_record_back_and_an_answer_brings_it_again(complete, owner, officers):
    request = submit_first(setting=complete, by=owner)
    take_step(setting=complete, act=Act.TAKE_UP, by=officers[0], who=Who.OFFICER)
    request = decide_all(request, officers[0], but={"summary": (ASK, "Which games?")})
    conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    complete.refresh_from_db()
    assert complete.state == "changes_requested"
    complete.summary = "Chess after school."
    complete.save()
    again = submit_first(setting=complete, by=owner)
    assert again.pk == request.pk
    assert not again.decisions.filter(path="summary").exists()
    assert again.decisions.filter(path="name", verdict=ACCEPT).exists()


def test_every_field_needs_a_decision(complete, owner, officers):
    request = submit_first(setting=complete, by=owner)
    take_step(setting=complete, act=Act.TAKE_UP, by=officers[0], who=Who.OFFICER)
    request.refresh_from_db()
    with pytest.raises(RegistryError):
        conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)


def test_an_officer_who_looks_after_the_setting_does_not_decide(complete, owner):
    request = submit_first(setting=complete, by=owner)
    insider = MembershipFactory(setting=complete).user
    with pytest.raises(OwnSubmission):
        decide_all(request, insider)


def test_the_second_of_two_officers_deciding_at_once_is_told(complete, owner, officers):
    request = submit_first(setting=complete, by=owner)
    decide_fields(request=request, verdicts={"name": (ACCEPT, "")}, by=officers[0], seen_version=request.version)
    with pytest.raises(ChangedMeanwhile):
        decide_fields(request=request, verdicts={"name": (REFUSE, "No.")}, by=officers[1], seen_version=request.version)
    assert request.decisions.get(path="name").verdict == ACCEPT


def test_a_new_venue_reopens_what_was_checked_about_the_old_one(complete, owner, officers):
    setting = list_it(complete, owner, officers)
    standard = StandardVersion.objects.create(code="t", title="T", in_force_from="2026-01-01", is_current=True)
    fire = ChecklistItem.objects.create(
        standard=standard, code="A4", area="A", question="Fire?", basis="law", reopened_by=["venue"],
        public_statement="Has a fire plan",
    )  # fmt: skip
    policy = ChecklistItem.objects.create(
        standard=standard, code="B1", area="B", question="Policy?", basis="guidance",
        public_statement="Has a safeguarding policy",
    )  # fmt: skip
    for item in (fire, policy):
        EvidenceCheck.objects.create(setting=setting, item=item, level="seen", checked_on="2026-01-02")
    assessment = SelfAssessment.objects.create(setting=setting, standard=standard)
    answer = Answer.objects.create(assessment=assessment, item=fire, value="in-place")
    VenueFactory(setting=setting, name="Another Invented Hall")
    request = send_edits(setting=setting, by=owner)
    assert request.needs_recheck
    request = decide_all(request, officers[0])
    conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    answer.refresh_from_db()
    setting.refresh_from_db()
    assert answer.needs_recheck
    assert set(setting.published.document["statements"]) == {"B1"}


def test_a_home_shows_its_district_alone(complete, owner, officers):
    VenueFactory(
        setting=complete, kind="home", name="Flat of the canary", address_lines="7 Canary Street",
        directions="Behind the canary tree", postcode="NW5 1AB", easting=529_123, northing=185_456,
    )  # fmt: skip
    setting = list_it(complete, owner, officers)
    text = str(setting.published.document).lower()
    assert "nw5" in text
    for secret in ("canary", "nw5 1ab", "529123", "185456"):
        assert secret not in text


def test_what_the_first_person_had_not_accepted_needs_another_word_than_the_seconds(complete, owner, officers):
    request = submit_first(setting=complete, by=owner)
    take_step(setting=complete, act=Act.TAKE_UP, by=officers[0], who=Who.OFFICER)
    request = decide_all(request, officers[0], but={"summary": (REFUSE, "This praises.")})
    request = conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    request = decide_fields(
        request=request, verdicts={"summary": (ACCEPT, "")}, by=officers[1], seen_version=request.version
    )
    request = conclude(request=request, by=officers[1], who=Who.LEAD, seen_version=request.version)
    complete.refresh_from_db()
    assert (request.status, complete.state) == ("proposed", "in_review")
    conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    complete.refresh_from_db()
    assert complete.published.document["summary"] == "Games after school."


def test_the_second_person_may_be_stricter_than_the_first(complete, owner, officers):
    request = submit_first(setting=complete, by=owner)
    take_step(setting=complete, act=Act.TAKE_UP, by=officers[0], who=Who.OFFICER)
    request = decide_all(request, officers[0])
    request = conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    request = decide_fields(
        request=request, verdicts={"summary": (REFUSE, "This praises.")}, by=officers[1], seen_version=request.version
    )
    conclude(request=request, by=officers[1], who=Who.LEAD, seen_version=request.version)
    complete.refresh_from_db()
    assert complete.state == "listed"
    assert complete.published.document["summary"] == ""


def test_a_name_that_is_refused_does_not_get_on_the_page_by_itself(complete, owner, officers):
    request = submit_first(setting=complete, by=owner)
    take_step(setting=complete, act=Act.TAKE_UP, by=officers[0], who=Who.OFFICER)
    request = decide_all(request, officers[0], but={"name": (REFUSE, "That is somebody else's name.")})
    with pytest.raises(RegistryError, match="without its name"):
        conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)


def move(setting, **changed):
    venue = setting.venues.first()
    for name, value in changed.items():
        setattr(venue, name, value)
    venue.save()
    return venue


def test_nobody_decides_on_numbers_that_follow_from_a_postcode(complete, owner, officers):
    setting = list_it(complete, owner, officers)
    venue = move(setting, postcode="NW1 1AA", easting=529_900, northing=183_100)
    request = send_edits(setting=setting, by=owner)
    assert [row.path for row in review_rows(request)] == [f"venues.{venue.pk}.postcode"]
    request = decide_fields(
        request=request, verdicts={f"venues.{venue.pk}.postcode": (ACCEPT, "")}, by=officers[0],
        seen_version=request.version,
    )  # fmt: skip
    conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    setting.refresh_from_db()
    place = setting.published.document["venues"][str(venue.pk)]
    assert (place["postcode"], place["outward"], place["easting"]) == ("NW1 1AA", "NW1", 529_900)


def test_a_refused_postcode_is_one_refusal_and_moves_nothing(complete, owner, officers):
    setting = list_it(complete, owner, officers)
    venue = move(setting, postcode="NW1 1AA", easting=529_900, northing=183_100)
    request = send_edits(setting=setting, by=owner)
    request = decide_all(request, officers[0], but={f"venues.{venue.pk}.postcode": (REFUSE, "Please check.")})
    conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    setting.refresh_from_db()
    place = setting.published.document["venues"][str(venue.pk)]
    assert (place["outward"], place["easting"]) == ("NW5", 529_011)
    assert [refusal.path for refusal in last_refusals(setting)] == [f"venues.{venue.pk}.postcode"]


@pytest.mark.parametrize("half", ["kind", "address"])
def test_half_of_a_move_to_or_from_a_home_puts_no_address_before_the_public(complete, owner, officers, half):
    """A hall becomes a home, of which the officer accepts the kind alone; a home becomes a hall, all but the kind."""
    if half == "address":
        move(
            complete,
            kind="home",
            address_lines="7 Canary Street",
            postcode="NW5 1AB",
            easting=529_123,
            northing=185_456,
        )
    setting = list_it(complete, owner, officers)
    if half == "kind":
        venue = move(setting, kind="home", address_lines="7 Canary Street", easting=529_123, northing=185_456)
    else:
        venue = move(setting, kind="public")
    request = send_edits(setting=setting, by=owner)
    request.refresh_from_db()
    kind = f"venues.{venue.pk}.kind"
    verdicts = {
        row.path: (ACCEPT, "") if (row.path == kind) == (half == "kind") else (REFUSE, "Not yet.")
        for row in review_rows(request)
    }
    request = decide_fields(request=request, verdicts=verdicts, by=officers[0], seen_version=request.version)
    conclude(request=request, by=officers[0], who=Who.OFFICER, seen_version=request.version)
    setting.refresh_from_db()
    place = setting.published.document["venues"][str(venue.pk)]
    assert place["kind"] == "home"
    assert (place["address"], place["postcode"], place["name"]) == ([], "", "")
    # The middle of its district is not known here.
    assert (place["easting"], place["northing"]) == (None, None)


def test_what_went_out_at_once_is_not_put_before_the_officers_as_well(complete, owner, officers):
    setting = list_it(complete, owner, officers)
    setting.languages = []
    setting.save()
    assert send_edits(setting=setting, by=owner) is None
    assert not setting.change_requests.filter(kind="edit").exists()
    setting.refresh_from_db()
    assert setting.published.document["languages"] == []
