"""Every widget as a person gets it: named, described, with its error, and with what was typed."""

import datetime
import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import translation

from foundation.forms.base import PlainForm
from foundation.forms.renderer import dress
from foundation.forms.widgets import DateParts
from foundation.style_guide import EveryField

# What a browser would send for a good form.
GOOD = {
    "name": "Chess",
    "email": "a@example.org",
    "places": "12",
    "password": "x",
    "about": "Short.",
    "area": "n",
    "age": "11",
    "days": ["sa"],
    "opened_day": "27",
    "opened_month": "3",
    "opened_year": "2019",
    "agree": "on",
}


def html_of(form, name):
    return str(form[name].as_field_group())


def classes_of(html, tag):
    return re.search(rf'<{tag}[^>]*class="([^"]*)"', html).group(1).split()


@pytest.fixture
def empty():
    return EveryField({})


@pytest.mark.parametrize(
    ("name", "tag", "expected"),
    [
        ("name", "input", "govuk-input"),
        ("email", "input", "govuk-input"),
        ("website", "input", "govuk-input"),
        ("places", "input", "govuk-input--width-4"),
        ("password", "input", "govuk-password-input__input"),
        ("about", "textarea", "govuk-js-character-count"),
        ("area", "select", "govuk-select"),
        ("age", "input", "govuk-radios__input"),
        ("days", "input", "govuk-checkboxes__input"),
        ("opened", "input", "govuk-date-input__input"),
        ("poster", "input", "govuk-file-upload"),
        ("agree", "input", "govuk-checkboxes__input"),
    ],
)
def test_a_widget_carries_its_class(name, tag, expected):
    assert expected in classes_of(html_of(EveryField(), name), tag)


@pytest.mark.parametrize("name", [name for name in EveryField.base_fields if name != "website"])
def test_a_required_field_left_empty_says_so_in_words_of_its_own(empty, name):
    html = html_of(empty, name)
    assert "govuk-form-group--error" in html
    assert f'id="id_{name}_error"' in html
    assert "This field is required" not in html


def test_no_two_empty_fields_say_the_same(empty):
    texts = [error["text"] for error in empty.error_summary]
    assert len(texts) == len(set(texts)) == len(EveryField.base_fields) - 1


@pytest.mark.parametrize("name", ["name", "email", "places", "about", "area", "password", "poster"])
def test_a_control_is_described_by_its_hint_and_its_error(empty, name):
    html = html_of(empty, name)
    described = re.search(r'aria-describedby="([^"]*)"', html).group(1).split()
    assert f"id_{name}_error" in described
    for one in described:
        assert f'id="{one}"' in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize("name", ["age", "days", "opened"])
def test_a_group_is_a_fieldset_described_by_its_hint_and_its_error(empty, name):
    html = html_of(empty, name)
    described = re.search(r'<fieldset[^>]*aria-describedby="([^"]*)"', html).group(1)
    assert f"id_{name}_error" in described
    assert '<legend class="govuk-fieldset__legend">' in html


@pytest.mark.parametrize("name", list(EveryField.base_fields))
def test_every_control_has_a_label_with_words(name):
    html = html_of(EveryField(), name)
    ids = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html)
    assert ids
    for one in ids:
        assert re.search(rf'<label[^>]* for="{one}">\s*[^<\s]', html), one


def test_every_choice_of_a_group_is_shown_beside_its_control():
    html = html_of(EveryField(), "age")
    items = re.findall(r'<div class="govuk-radios__item"><input [^>]*><label [^>]*>([^<]+)</label></div>', html)
    assert items == ["Under 5", "5 to 11", "12 to 18"]


def test_what_was_typed_stays():
    form = EveryField({**GOOD, "email": "nobody", "opened_month": "13"})
    assert 'value="nobody"' in html_of(form, "email")
    assert "Short.</textarea>" in html_of(form, "about")
    assert re.search(r'value="11"[^>]* checked', html_of(form, "age"))
    assert re.search(r'value="sa"[^>]* checked', html_of(form, "days"))
    assert re.search(r'name="opened_month" value="13"', html_of(form, "opened"))


def test_a_good_form_is_good():
    form = EveryField(GOOD, {"poster": SimpleUploadedFile("a.pdf", b"%PDF-1.4")})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["opened"] == datetime.date(2019, 3, 27)
    assert not form.has_errors
    assert form.error_summary == []


def test_the_summary_leads_to_the_control_of_each_error(empty):
    targets = {error["target"] for error in empty.error_summary}
    drawn = str(empty)
    for target in targets:
        assert f' id="{target}"' in drawn, target
    assert {"id_age_0", "id_days_0", "id_opened_0"} <= targets


def test_the_summary_takes_focus_and_links(empty):
    html = render_to_string("components/error_summary.html", {"form": empty})
    assert 'tabindex="-1" autofocus' in html
    assert '<a href="#id_email">Enter an email address</a>' in html


def test_a_form_not_yet_sent_has_no_summary():
    assert "govuk-error-summary" not in render_to_string("components/error_summary.html", {"form": EveryField()})


def test_an_error_of_no_field_is_in_the_summary_without_a_link():
    form = EveryField(GOOD)
    form.add_error(None, "Try again")
    assert {"text": "Try again", "target": ""} in form.error_summary


def test_the_browser_neither_blocks_nor_cuts_what_is_typed():
    html = render_to_string("components/form.html", {"form": EveryField()})
    assert " novalidate" in html
    assert not re.search(r"\srequired[\s>=]", html)
    assert " maxlength=" not in html
    assert 'enctype="multipart/form-data"' in html


def test_a_text_area_counts_down():
    html = html_of(EveryField(), "about")
    assert 'data-maxlength="200"' in html
    assert re.search(r'id="id_about-info"[^>]*>You can enter up to 200 characters', html)
    assert "id_about-info" in re.search(r'<textarea[^>]*aria-describedby="([^"]*)"', html).group(1)


def test_no_form_writes_a_style_or_a_script():
    html = render_to_string("components/form.html", {"form": EveryField({})})
    assert "style=" not in html
    assert "<script" not in html


class Opened(PlainForm):
    opened = forms.DateField(widget=DateParts, required=False)


@pytest.mark.parametrize(
    ("day", "month", "year", "result"),
    [
        ("27", "3", "2019", datetime.date(2019, 3, 27)),
        (" 07 ", "03", "2019", datetime.date(2019, 3, 7)),
        ("", "", "", None),
        ("31", "2", "2019", "error"),
        ("", "3", "2019", "error"),
        ("1", "", "", "error"),
        ("1", "3", "19", "error"),
        ("x", "y", "z", "error"),
        ("-1", "3", "2019", datetime.date(2019, 3, 1)),
        ("1" * 500, "3", "2019", "error"),
    ],
)
def test_three_boxes_make_a_date_or_an_error(day, month, year, result):
    form = Opened({"opened_day": day, "opened_month": month, "opened_year": year})
    if result == "error":
        assert "opened" in form.errors
    else:
        assert form.is_valid(), form.errors
        assert form.cleaned_data["opened"] == result


def test_a_known_date_fills_the_boxes():
    html = html_of(Opened(initial={"opened": datetime.date(2019, 3, 27)}), "opened")
    assert re.findall(r'name="opened_(\w+)" value="(\d+)"', html) == [("day", "27"), ("month", "3"), ("year", "2019")]


def test_a_hostile_value_stays_text():
    form = EveryField({**GOOD, "name": '"><script>alert(1)</script>', "email": "<b>"})
    assert "<script>" not in str(form)
    assert "<b>" not in str(form)


def test_errors_speak_the_reader_s_language():
    with translation.override("ar"):
        form = EveryField({**GOOD, "email": "nobody"})
        assert form.errors["email"] != ["Enter a valid email address."]


class Library(forms.Form):
    login = forms.EmailField()


def test_a_form_of_a_library_can_be_dressed():
    form = Library({})
    assert "govuk-input" in str(dress(form))
    assert "required" not in re.search(r"<input[^>]*>", str(form)).group()


def test_a_form_that_is_not_ours_keeps_django_s_look():
    assert "govuk" not in str(Library())


class Trapped(PlainForm):
    website_address = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))


def test_a_trap_is_neither_seen_nor_read_aloud():
    assert '<div class="cs-honeypot" aria-hidden="true">' in str(Trapped())
