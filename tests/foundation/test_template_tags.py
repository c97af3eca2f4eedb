"""Numbers that never flip, drawings, bars that show what the figure says."""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory, override_settings

from foundation.icons import ICONS
from foundation.templatetags import foundation_tags as tags


def render(text, **context):
    return Template("{% load foundation_tags %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("999", "tel:999"),
        ("0800 1111", "tel:08001111"),
        ("020 7974 3317", "tel:02079743317"),
        ("(020) 7974-3317", "tel:02079743317"),
        ("+44 (0)20 7974 3317", "tel:+442079743317"),
        ("020 7974 3317 ext 12", "tel:02079743317;ext=12"),
        ("020 7974 3317 x12", "tel:02079743317;ext=12"),
        ("", "tel:"),
    ],
)
def test_a_number_as_written_becomes_an_address_that_dials(number, address):
    assert tags.tel(number) == address


def test_a_number_is_kept_left_to_right():
    assert render("{% phone '0800 1111' %}") == (
        '<a class="cs-phone" href="tel:08001111"><bdi dir="ltr">0800 1111</bdi></a>'
    )


def test_no_number_no_link():
    assert render("{% phone missing %}") == ""


def test_a_number_from_an_editor_cannot_bring_markup():
    assert "<b>" not in render("{% phone number %}", number="<b>999</b>")


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_is_decoration(name):
    html = tags.icon(name)
    assert 'aria-hidden="true"' in html
    assert "style=" not in html


def test_an_icon_that_does_not_exist_is_an_error_of_the_template():
    with pytest.raises(KeyError):
        tags.icon("no-such-icon")


@pytest.mark.parametrize(
    ("value", "scale", "width"),
    [(50, 100, "50"), (100, 100, "100"), (130, 100, "100"), (0, 100, "0"), (0.1, 100, "2"), ("41.5", 83, "50")],
)
def test_a_bar_is_as_long_as_its_figure(value, scale, width):
    found = re.search(r'cs-figure__fill" width="([\d.]+)%"', tags.svg_bar(value, scale))
    assert found.group(1) == width


def test_words_in_place_of_a_figure_draw_no_bar():
    assert 'cs-figure__fill" width="0%"' in tags.svg_bar("not asked", 100)


def test_the_scale_of_percentages_is_a_hundred_and_of_counts_the_largest():
    rows = [{"value": 26}, SimpleNamespace(value=40)]
    assert tags.bar_scale(rows, "%") == 100
    assert tags.bar_scale(rows, "people") == 40
    assert tags.bar_scale(rows, "people", 50) == 50
    assert tags.bar_scale([], "people") == 1


def test_a_passage_in_another_language_says_which_and_in_what_direction():
    assert tags.lang_attributes("ar") == ' lang="ar" dir="rtl"'
    assert tags.lang_attributes("bn") == ' lang="bn" dir="ltr"'
    assert tags.lang_attributes("xx-unknown") == ' lang="xx-unknown" dir="ltr"'
    assert tags.lang_attributes("") == ""


def test_an_absolute_address_uses_the_request_or_the_settings():
    request = RequestFactory().get("/en/")
    assert tags.absolute_url({"request": request}, "/static/a.png") == "http://testserver/static/a.png"
    with override_settings(WAGTAILADMIN_BASE_URL="https://example.org"):
        assert tags.absolute_url({}, "/static/a.png") == "https://example.org/static/a.png"
    assert tags.absolute_url({}, "https://example.org/a.png") == "https://example.org/a.png"


def test_a_nought_is_shown_as_a_nought():
    html = render(
        "{% include 'components/figure_table.html' with rows=rows unit='%' %}", rows=[{"label": "None", "value": 0}]
    )
    assert re.search(r'cs-figure__number">\s*0%', html)


def test_an_error_page_stands_without_a_request_or_a_database():
    html = Template("{% extends 'base_plain.html' %}{% block content %}Sorry{% endblock %}").render(Context())
    assert 'href="tel:999"' in html
    assert "Sorry" in html
