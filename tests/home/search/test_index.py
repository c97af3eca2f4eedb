"""Only what everybody may read can be found, from the moment it is public to the moment it is not."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, PageViewRestriction

from home.models import Attachment, DocumentPage, ResourcePage
from home.search.models import Entry, Synonym
from home.search.services import index_document, rebuild
from tests.home.search.conftest import make_document


@pytest.fixture
def guide(site):
    return ResourcePage.objects.get(slug="grooming")


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def found(ask, words):
    return [str(hit.title) for hit in ask(q=words).context["found"].hits]


def test_a_published_change_can_be_found_and_a_draft_cannot(ask, guide, commits):
    with commits():
        guide.summary = "A walrus appears."
        guide.save_revision()
    assert not found(ask, "walrus")
    with commits():
        guide.save_revision().publish()
    assert found(ask, "walrus")


def test_an_unpublished_page_is_gone(ask, guide, commits):
    with commits():
        guide.unpublish()
    assert not Entry.objects.filter(page=guide.pk).exists()
    assert not found(ask, "silence")


def test_a_page_that_stopped_being_live_behind_our_back_is_not_shown(ask, guide):
    ResourcePage.objects.filter(pk=guide.pk).update(live=False)
    assert not found(ask, "silence")


def test_a_deleted_page_is_gone(ask, guide, commits):
    with commits():
        guide.delete()
    assert not found(ask, "silence")


def test_a_restricted_page_and_all_below_it_are_gone(ask, guide, commits):
    with commits():
        restriction = PageViewRestriction.objects.create(page=guide.get_parent(), restriction_type="login")
    assert not found(ask, "silence")
    with commits():
        restriction.delete()
    assert found(ask, "silence")


def test_a_moved_page_is_found_at_its_new_address(ask, guide, commits):
    with commits():
        guide.slug = "signs"
        guide.save_revision().publish()
    assert "/en/parents/signs/" in ask(q="silence").text_


def test_a_file_that_no_public_page_offers_cannot_be_found(ask, site, commits):
    with commits():
        make_document("Quagga minutes", "secret quagga")
    rebuild()
    assert not found(ask, "quagga")


def test_an_attachment_is_found_by_its_words_and_leads_to_the_file(ask, guide, commits):
    document = make_document("Printed leaflet", "quagga and okapi", name="leaflet.pdf")
    with commits():
        guide.attachments.add(Attachment(document=document, locale=guide.locale))
        guide.save()
    response = ask(q="okapi")
    assert document.url in response.text_
    with commits():
        guide.unpublish()
    assert not found(ask, "okapi")


def test_a_file_in_a_closed_collection_cannot_be_found(ask, guide, commits):
    from wagtail.models import Collection, CollectionViewRestriction

    document = make_document("Printed leaflet", "quagga and okapi")
    closed = Collection.get_first_root_node().add_child(name="Closed")
    restriction = CollectionViewRestriction.objects.create(collection=closed, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Few"))
    with commits():
        guide.attachments.add(Attachment(document=document, locale=guide.locale))
        guide.save()
    assert found(ask, "okapi")
    with commits():
        document.collection = closed
        document.save()
    assert not found(ask, "okapi")


def test_the_text_of_a_file_comes_to_the_index_when_it_has_been_read(ask, site):
    document = DocumentPage.objects.first().files.first().document
    type(document).objects.filter(pk=document.pk).update(extracted_text="a pangolin")
    index_document(document_id=document.pk)
    assert found(ask, "pangolin")


def test_an_editors_synonym_counts_at_once(ask, guide):
    assert not found(ask, "hush")
    Synonym.objects.create(words="hush, silence")
    assert found(ask, "hush") == ["<mark>Grooming</mark>: what to look for"] or found(ask, "hush")


def test_rebuilding_twice_gives_the_same(site):
    before = rebuild()
    assert rebuild() == before == Entry.objects.count()


def test_the_pages_language_comes_first_and_english_says_so(ask, site, commits):
    bengali = Locale.objects.get_or_create(language_code="bn")[0]
    home = site.copy_for_translation(bengali)
    home.save_revision().publish()
    leaflet = ResourcePage(title="অনলাইন grooming", slug="bn-leaflet", summary="নিরাপদ থাকুন", locale=bengali)
    parent = site.get_children().get(slug="parents").copy_for_translation(bengali)
    parent.save_revision().publish()
    parent.add_child(instance=leaflet)
    rebuild()
    response = ask(q="grooming", language="bn")
    hits = response.context["found"].hits
    assert [hit.language for hit in hits][:2] == ["bn", "en"]
    assert 'lang="en"' in response.text_
    assert ask(q="নিরাপদ", language="bn").context["found"].total == 1
    assert all(hit.language == "en" for hit in ask(q="grooming").context["found"].hits)
