"""Small questionnaires for tests: every kind of question, routing and years, in three languages."""

import factory

from surveys.models import GridRow, Option, Question, Questionnaire, Section, Survey, Topic, Version, Wording


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("key",)

    key = "feelings"
    name = "Feelings"


class SurveyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Survey

    key = factory.Sequence(lambda n: f"survey-{n}")
    name = "How are you?"
    languages = ["ar"]


class QuestionnaireFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Questionnaire

    survey = factory.SubFactory(SurveyFactory)
    phase = "secondary"
    year_groups = [8, 10]


class VersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Version

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = factory.Sequence(lambda n: n + 1)
    intro = "Nobody can know what you answer."


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    version = factory.SubFactory(VersionFactory)
    topic = factory.SubFactory(TopicFactory)
    key = factory.Sequence(lambda n: f"section-{n}")
    title = "Sleep"
    order = factory.Sequence(lambda n: n)


class QuestionFactory(factory.django.DjangoModelFactory):
    """A choice of "Yes" and "No", unless `options` says otherwise: `[(value, words), (value, words, kind)]`."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    section = factory.SubFactory(SectionFactory)
    code = factory.Sequence(lambda n: f"Q{n}")
    text = "Did you sleep well?"
    order = factory.Sequence(lambda n: n)

    @factory.post_generation
    def options(self, create, extracted, **kwargs):
        kinds_with_options = ("choice", "choose-all", "grid")
        given = extracted if extracted is not None else [(1, "Yes"), (2, "No")] * (self.kind in kinds_with_options)
        for order, (value, text, *kind) in enumerate(given):
            Option.objects.create(
                question=self, value=value, text=text, kind=kind[0] if kind else "ordinary", order=order
            )

    @factory.post_generation
    def rows(self, create, extracted, **kwargs):
        for order, (key, text) in enumerate(extracted or []):
            GridRow.objects.create(question=self, key=key, text=text, order=order)


def every_kind_of_question() -> Version:
    """Years 8 and 10: SLEEP, HELPED (after SLEEP = 2), CLUBS, MEALS (a grid), HOURS; LOVE for Year 10 only."""
    version = VersionFactory()
    sleep = SectionFactory(version=version, key="sleep", title="Sleep")
    QuestionFactory(section=sleep, code="SLEEP")
    QuestionFactory(section=sleep, code="HELPED", text="Did somebody help?", shown_if_code="SLEEP", shown_if_values=[2])
    QuestionFactory(
        section=sleep,
        code="CLUBS",
        kind="choose-all",
        text="Which clubs?",
        options=[(1, "Chess"), (2, "Football"), (9, "None of these", "none")],
    )
    QuestionFactory(
        section=sleep, code="MEALS", kind="grid", text="How often?", rows=[("lunch", "Lunch"), ("tea", "Tea")]
    )
    QuestionFactory(section=sleep, code="HOURS", kind="number", text="How many hours?", number_unit="hours")
    love = SectionFactory(version=version, key="love", title="Relationships", year_groups=[10], is_sensitive=True)
    QuestionFactory(section=love, code="LOVE", text="Do you know where to get advice?", is_sensitive=True)
    Wording.objects.create(
        version=version,
        language="ar",
        key="question.SLEEP.text",
        text="هل نمت جيدا؟",
        english="Did you sleep well?",
    )
    return version
