"""A frozen version cannot change: every way that goes through the models is refused and leaves everything as it was."""

import pytest
from django.db import transaction

from foundation.partnership.models import Subgroup
from surveys.errors import Frozen
from surveys.models import GridRow, Option, Question, Section, Version, Wording
from surveys.questionnaire.document import compile_document
from surveys.questionnaire.services.versions import freeze_version, take_step
from surveys.questionnaire.states import Act, Who
from tests.factories.questionnaire import VersionFactory, every_kind_of_question


@pytest.fixture
def frozen(db):
    version = every_kind_of_question()
    take_step(version=version, act=Act.SKIP, who=Who.MANAGER, words="A test.")
    return freeze_version(version=version)


def question():
    return Question.objects.get(code="SLEEP")


def save_question():
    row = question()
    row.text = "Did you dream?"
    row.save()


def save_version():
    version = Version.objects.get()
    version.state = "draft"
    version.save()


def bulk_update_options():
    rows = list(Option.objects.all())
    for row in rows:
        row.text = "Changed"
    Option.objects.bulk_update(rows, ["text"])


def move_section_away():
    section = Section.objects.first()
    section.version = VersionFactory(questionnaire=section.version.questionnaire)
    section.save()


def delete_survey():
    Version.objects.get().questionnaire.survey.delete()


WAYS = {
    "save of a question": save_question,
    "save of the version": save_version,
    "bulk update": bulk_update_options,
    "update of versions": lambda: Version.objects.update(state="draft"),
    "update of questions": lambda: Question.objects.filter(code="SLEEP").update(text="Changed"),
    "update through the version": lambda: Version.objects.get().sections.update(title="Changed"),
    "update of wordings": lambda: Wording.objects.update(text="Changed"),
    "delete of an option": lambda: Option.objects.first().delete(),
    "delete of all rows": lambda: GridRow.objects.all().delete(),
    "delete of the version": lambda: Version.objects.get().delete(),
    "delete of the survey": delete_survey,
    "a new section": lambda: Section.objects.create(
        version=Version.objects.get(), key="new", title="New", topic=Section.objects.first().topic
    ),
    "a new option": lambda: Option.objects.create(question=question(), value=7, text="Perhaps"),
    "new options in bulk": lambda: Option.objects.bulk_create([Option(question=question(), value=7, text="Perhaps")]),
    "get or create": lambda: Option.objects.get_or_create(question=question(), value=7, defaults={"text": "Perhaps"}),
    "a subgroup": lambda: question().subgroups.add(Subgroup.objects.create(key="g", name="G")),
    "a section moved away": move_section_away,
}


@pytest.mark.parametrize("way", WAYS)
def test_it_cannot_be_changed_by(frozen, way):
    with pytest.raises(Frozen, match="new version"), transaction.atomic():
        WAYS[way]()
    stored = Version.objects.get(pk=frozen.pk)
    assert stored.state == "frozen"
    assert compile_document(stored) == stored.document == frozen.document


def test_a_draft_of_the_same_questionnaire_can_be_changed(frozen):
    other = VersionFactory(questionnaire=frozen.questionnaire, number=frozen.number + 1)
    section = Section.objects.create(version=other, key="x", title="X", topic=Section.objects.first().topic)
    section.title = "Y"
    section.save()
    assert Section.objects.filter(version=other).update(title="Z") == 1
    other.delete()
    assert not Version.objects.filter(number=frozen.number + 1).exists()
