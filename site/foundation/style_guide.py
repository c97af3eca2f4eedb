"""A page that shows every component, for whoever changes the look. Served in DEBUG only, at /style-guide/."""

import datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.safestring import mark_safe

from foundation.forms.base import PlainForm
from foundation.forms.widgets import DateParts
from foundation.icons import ICONS

_DAY = datetime.date(2026, 9, 1)


class EveryField(PlainForm):
    """One of every kind of field."""

    name = forms.CharField(label="Name of the club", help_text="As it stands on your posters.", max_length=80)
    email = forms.EmailField(label="Email", error_messages={"required": "Enter an email address"})
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    places = forms.IntegerField(label="Places", widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}))
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    about = forms.CharField(label="About the club", widget=forms.Textarea(attrs={"rows": 4}), max_length=200)
    area = forms.ChoiceField(label="Area", choices=[("", "Choose"), ("n", "North"), ("s", "South")])
    age = forms.ChoiceField(
        label="How old are the children?",
        help_text="Choose the youngest.",
        widget=forms.RadioSelect,
        choices=[("5", "Under 5"), ("11", "5 to 11"), ("18", "12 to 18")],
    )
    days = forms.MultipleChoiceField(
        label="Which days?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("sa", "Saturday"), ("su", "Sunday")],
    )
    opened = forms.DateField(label="When did it open?", help_text="For example, 27 3 2019", widget=DateParts)
    poster = forms.FileField(label="Poster", help_text="PDF or picture, up to 5 MB.")
    agree = forms.BooleanField(label="I have read the code of practice", error_messages={"required": "Tick the box"})


def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with invented words, and every form field with and without errors; `?l=ar` mirrors it."""
    asked = request.GET.get("l", settings.LANGUAGE_CODE)
    with translation.override(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return render(request, "style_guide.html", _words())


def _words() -> dict[str, Any]:
    line = SimpleNamespace
    lines = [
        line(name="Emergency services", short_name="Emergency", phone="999", is_emergency=True, hours=""),
        line(
            name="Childline", short_name="Childline", phone="0800 1111", is_emergency=False, hours="Day and night, free"
        ),
        line(
            name="Council front door", short_name="Council", phone="020 7946 0101", is_emergency=False, hours="9 to 5"
        ),
    ]
    doors = [
        {
            "title": "I am a young person",
            "url": "#a",
            "tone": "mint",
            "icon": "speech",
            "text": "Help, your rights, your say.",
        },
        {
            "title": "I am a parent or carer",
            "url": "#b",
            "tone": "peach",
            "icon": "heart",
            "text": "Guides in your language.",
        },
        {
            "title": "I run a club or class",
            "url": "#c",
            "tone": "sky",
            "icon": "calendar",
            "text": "Free safeguarding help.",
        },
        {
            "title": "Community and faith",
            "url": "#d",
            "tone": "lilac",
            "icon": "people",
            "text": "Leaflets, posters, talks.",
        },
        {
            "title": "I work with children",
            "url": "#e",
            "tone": "sand",
            "icon": "school",
            "text": "Procedures and training.",
        },
    ]
    links = [SimpleNamespace(title=door["title"], url=door["url"]) for door in doors]
    return {
        "chrome": {
            "partnership": {
                "name": "Anytown Safeguarding Children Partnership",
                "short_name": "ASCP",
                "area": "Anytown",
                "vision": "All children and young people in Anytown are safe, thriving and heard.",
            },
            "urls": {
                "home": "/",
                "worried": "#worried",
                "helplines": "#helplines",
                "hide_visit": "#hide",
                "search": "#search",
            },
            "header": links,
            "footer": [
                ("Get help", links[:3]),
                ("For you", links),
                ("About us", links[1:4]),
                ("This site", links[2:5]),
            ],
            "bar_helplines": lines,
            "partners": ["Anytown Council", "NHS Anyshire", "Anyshire Police", "Anytown Learning"],
            "alert": {
                "heading": "Office closed on Monday",
                "message": "Call the night number instead.",
                "tone": "info",
            },
        },
        "page": SimpleNamespace(
            title="Style guide",
            is_sensitive=True,
            full_url="https://example.org/en/style-guide/",
            summary="Every component.",
            reviewed_on=_DAY,
        ),
        "alternates": [
            {"code": "en", "name": "English", "url": "?", "dir": "ltr", "current": True},
            {"code": "bn", "name": "বাংলা", "url": "?l=bn", "dir": "ltr"},
            {"code": "ar", "name": "العربية", "url": "?l=ar", "dir": "rtl"},
        ],
        "breadcrumbs": [{"title": "Home", "url": "/"}, {"title": "Young people", "url": "#"}],
        "no_index": True,
        "doors": doors,
        "four": doors[:4],
        "two": doors[:2],
        "seven": doors + doors[:2],
        "lines": lines,
        "voices": ["Safe", "Thriving", "Heard"],
        "rich": mark_safe(
            "<p>Tell an adult you trust. You can <a href='#'>call Childline</a>. It is <strong>free</strong>.</p>"
            "<ul><li>You do not have to give your name.</li><li>You can stop at any time.</li></ul>"
        ),
        "steps": [
            {"title": "Save what you saw", "text": "Take a screenshot, if you can do so safely."},
            {"title": "Tell someone", "text": "A parent, a teacher, or Childline."},
            {"title": "Block and report", "text": ""},
        ],
        "dos": ["Listen, and stay calm.", "Write down what was said.", "Call the same day."],
        "donts": ["Promise to keep a secret.", "Ask leading questions."],
        "figures": [
            {"label": "Feel safe at school", "value": 84},
            {"label": "Feel safe on the way to school", "value": 76},
            {"label": "Feel safe online most of the time, on all the apps they use", "value": 41.5},
            {"label": "Know whom to tell", "value": 3},
            {"label": "None of these", "value": 0},
        ],
        "numbers": [
            {"number": "44,000", "text": "children live here"},
            {"number": "1 in 5", "text": "people are under 18"},
            {"number": "20", "text": "wards", "url": "#"},
        ],
        "header_cells": ["Training", "How long", "For whom"],
        "rows": [["Level 1", "2 hours", "Everybody"], ["Level 2", "1 day", "People who work with children every day"]],
        "questions": [
            {"question": "Will they tell my parents?", "answer": "Not unless you are in danger."},
            {"question": "Does it cost anything?", "answer": "No."},
        ],
        "facts": [{"label": "When", "value": "3 December 2026, 6pm to 8pm"}, {"label": "Where", "value": "Town hall"}],
        "tags": [
            {"title": "Online safety", "tone": "mint"},
            {"title": "Parents", "url": "#", "tone": "peach"},
            {"title": "Guidance"},
        ],
        "day": _DAY,
        "page_obj": Paginator(range(50), 10).page(3),
        "form": EveryField(initial={"age": "11", "days": ["sa"], "opened": datetime.date(2019, 3, 27)}, prefix="a"),
        "wrong": EveryField(
            {"b-name": "Chess", "b-email": "nobody", "b-opened_day": "31", "b-opened_month": "2", "b-about": "x" * 210},
            prefix="b",
        ),
        "icons": sorted(ICONS),
        "tones": ["mint", "peach", "sky", "lilac", "sand", "plain", "plum", "yellow"],
    }
