"""The voice of the child: questionnaires, collection, release, views."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import rekeying
        from .collection import wiring as collection
        from .fieldwork import wiring as fieldwork
        from .questionnaire import wiring as questionnaire
        from .release import wiring as release
        from .response import wiring as response
        from .results import wiring as results
        from .texts import wiring as texts

        questionnaire.connect()
        fieldwork.connect()
        collection.connect()
        release.connect()
        results.connect()
        response.connect()
        texts.connect()
        rekeying.connect()
