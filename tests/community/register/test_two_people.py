"""Two people write one record: the second sees what changed, loses nothing, and chooses."""

import pytest

from tests.factories.community import MembershipFactory

from .conftest import fields_of
from .writing import save, url

pytestmark = pytest.mark.django_db


class TestTwoPeople:
    """The second sees what changed, loses nothing, and chooses."""

    @pytest.fixture
    def colleague(self, draft, sign_in):
        return sign_in(MembershipFactory(setting=draft).user)

    def clash(self, client, colleague, draft):
        page = url(draft, "edit/words/")
        mine = fields_of(client.get(page))
        save(colleague, page, summary="Their summary.")
        return page, client.post(page, {**mine, "summary": "My summary.", "description": "My long words."})

    def test_the_second_sees_both_and_nothing_is_written(self, client, colleague, draft):
        _page, response = self.clash(client, colleague, draft)
        assert response.status_code == 409
        html = response.content.decode()
        assert "Their summary." in html
        assert "My summary." in html
        assert "My long words." in html
        draft.refresh_from_db()
        assert (draft.summary, draft.description) == ("Their summary.", "")

    def test_the_second_can_keep_mine(self, client, colleague, draft):
        page, response = self.clash(client, colleague, draft)
        client.post(page, {**fields_of(response), "keep-summary": "mine"})
        draft.refresh_from_db()
        assert (draft.summary, draft.description) == ("My summary.", "My long words.")

    def test_the_second_can_keep_theirs(self, client, colleague, draft):
        page, response = self.clash(client, colleague, draft)
        client.post(page, {**fields_of(response), "keep-summary": "theirs"})
        draft.refresh_from_db()
        assert (draft.summary, draft.description) == ("Their summary.", "My long words.")

    def test_different_fields_do_not_clash(self, client, colleague, draft):
        page = url(draft, "edit/words/")
        mine = fields_of(client.get(page))
        save(colleague, page, description="Their description.")
        assert client.post(page, {**mine, "summary": "My summary."}).status_code == 303
        draft.refresh_from_db()
        assert (draft.summary, draft.description) == ("My summary.", "Their description.")

    def test_the_same_change_twice_is_no_clash(self, client, colleague, draft):
        page = url(draft, "edit/words/")
        mine = fields_of(client.get(page))
        save(colleague, page, summary="Chess.")
        assert client.post(page, {**mine, "summary": "Chess."}).status_code == 303

    def test_something_removed_meanwhile_does_not_lose_what_was_typed(self, client, colleague, draft):
        activity = draft.activities.get()
        page = url(draft, f"activities/{activity.pk}/how/")
        mine = fields_of(client.get(page))
        colleague.post(url(draft, f"activities/{activity.pk}/remove/"))
        response = client.post(page, {**mine, "description": "Words I typed."})
        assert response.status_code == 409
        assert "Words I typed." in response.content.decode()
