"""As many pages as the site that stands beside it has, and a form with as many questions as a pupil is asked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from wagtail.models import Page, Site

from feedback.models import FormField, FormPage

OPTIONS = "Never,Sometimes,Often,Always"


class Command(BaseCommand):
    help = "Fills the fresh site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pages", type=int, required=True)
        parser.add_argument("--questions", type=int, required=True)

    def handle(self, *, pages: int, questions: int, **_options: Any) -> None:
        home = Site.objects.get(is_default_site=True).root_page.specific
        for number in range(pages):
            home.add_child(instance=Page(title=f"Keeping safe, part {number}", slug=f"page-{number}"))
        form = FormPage(title="A form", slug="form")
        form.form_fields = [
            FormField(
                sort_order=number, label=f"Question {number}", clean_name=f"q{number}", field_type="radio",
                choices=OPTIONS, required=False,
            )
            for number in range(questions)
        ]  # fmt: skip
        home.add_child(instance=form)
