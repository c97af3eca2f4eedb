"""Days and times, as people type them."""

import pytest
from django.utils import timezone

from community.models import Session
from tests.factories.community import VenueFactory

from .writing import save, url

pytestmark = pytest.mark.django_db


class TestSessions:
    """Days and times."""

    def add(self, client, setting, way="weekly", **changed):
        typed = {
            "activity": setting.activities.first().pk, "venue": setting.venues.first().pk, "days": ["0"],
            "starts": "16:00", "ends": "17:00", "season": "term", **changed,
        }  # fmt: skip
        return client.post(url(setting, f"sessions/add/{way}/"), typed)

    def test_monday_to_friday_makes_five(self, client, draft):
        Session.objects.all().delete()
        assert self.add(client, draft, days=["week"]).status_code == 303
        assert list(Session.objects.values_list("weekday", flat=True)) == [0, 1, 2, 3, 4]

    @pytest.mark.parametrize(
        ("typed", "stored"), [("4pm", "16:00"), ("4.30 pm", "16:30"), ("16.15", "16:15"), ("9", "09:00")]
    )
    def test_times_as_people_type_them(self, client, draft, typed, stored):
        Session.objects.all().delete()
        self.add(client, draft, starts=typed, ends="23:00")
        assert Session.objects.get().starts.strftime("%H:%M") == stored

    @pytest.mark.parametrize("typed", ["25:00", "16:75", "13pm", "noon", ""])
    def test_impossible_times(self, client, draft, typed):
        response = self.add(client, draft, starts=typed)
        assert response.status_code == 422
        assert "16:00" in response.content.decode()

    @pytest.mark.parametrize("ends", ["15:00", "16:00"])
    def test_a_session_that_ends_before_it_starts(self, client, draft, ends):
        response = self.add(client, draft, ends=ends)
        assert "before or when it starts" in response.content.decode()
        assert Session.objects.count() == 1

    def test_the_same_session_twice(self, client, draft):
        self.add(client, draft)
        response = self.add(client, draft)
        assert "told us about this one already: Monday 16:00" in response.content.decode()
        assert Session.objects.count() == 2

    def test_the_same_time_in_another_season_is_another_session(self, client, draft):
        self.add(client, draft)
        assert self.add(client, draft, season="holiday").status_code == 303

    def test_single_dates_once_each_and_in_order(self, client, draft):
        year = timezone.localdate().year + 1
        self.add(client, draft, "dates", dates=[f"15/2/{year}", f"{year}-02-14", f"15/2/{year}", ""])
        assert Session.objects.get(weekday=None).dates == [f"{year}-02-14", f"{year}-02-15"]

    @pytest.mark.parametrize(
        ("typed", "words"),
        [("31/2/2027", "is not a date"), ("1/1/2020", "is in the past"), ("1/1/2099", "too far away")],
    )
    def test_dates_that_cannot_be(self, client, draft, typed, words):
        response = self.add(client, draft, "dates", dates=[typed])
        assert response.status_code == 422
        assert words in response.content.decode()

    def test_a_last_day_before_the_first(self, client, draft):
        days = {
            f"{name}_{part}": value
            for name, day in (("valid_from", "5"), ("valid_to", "4"))
            for part, value in (("day", day), ("month", "9"), ("year", "2027"))
        }
        assert "last day is before" in self.add(client, draft, **days).content.decode()

    def test_a_changed_session_is_checked_too(self, client, draft):
        session = Session.objects.get()
        page = url(draft, f"sessions/{session.pk}/time/")
        assert save(client, page, ends="09:00").status_code == 422
        assert save(client, page, ends="18:30").status_code == 303
        session.refresh_from_db()
        assert session.ends.hour == 18

    def test_another_settings_place_cannot_be_chosen(self, client, draft):
        assert self.add(client, draft, venue=VenueFactory().pk).status_code == 422
