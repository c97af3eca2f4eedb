"""A component drawn before is given again for the very same values, and for no others."""

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe

from foundation.cache import drawn as module
from foundation.cache import kept
from foundation.cache.drawn import drawn


class Draws:
    """Counts how often something is drawn."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, template_name: str, values: dict[str, Any]) -> Any:
        self.times += 1
        return mark_safe(f"{template_name} {self.times}")


@pytest.fixture
def draw() -> Draws:
    module.forget_drawings()
    return Draws()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Topic", "topic"),
        ("<b>a</b>", mark_safe("<b>a</b>")),
        (1, True),
        (0, ""),
        (None, ""),
        (dt.date(2026, 1, 1), "2026-01-01"),
        (["a", "b"], ["ab"]),
        ([{"title": "a"}], [{"text": "a"}]),
    ],
)
def test_other_values_are_another_drawing(draw: Draws, one: Any, other: Any) -> None:
    first, second = drawn("card", {"title": one}, draw), drawn("card", {"title": other}, draw)
    assert first != second
    assert drawn("card", {"title": one}, draw) == first
    assert drawn("card", {"title": other}, draw) == second
    assert draw.times == 2


def test_another_language_is_another_drawing(draw: Draws) -> None:
    first = drawn("card", {"title": "a"}, draw)
    with translation.override("ar"):
        assert drawn("card", {"title": "a"}, draw) != first


def test_a_record_may_change_within_and_is_drawn_each_time(draw: Draws) -> None:
    class Record:
        pass

    record = Record()
    assert drawn("card", {"contact": record}, draw) != drawn("card", {"contact": record}, draw)
    assert drawn("card", {"items": [{"page": record}]}, draw) != drawn("card", {"items": [{"page": record}]}, draw)


def test_memory_stays_small(draw: Draws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 8)
    for number in range(100):
        drawn("card", {"title": number}, draw)
        assert len(module._drawings) <= 8
    drawn("card", {"title": 99}, draw)
    assert draw.times == 100


def test_whoever_writes_templates_sees_each_change(draw: Draws, settings: Any) -> None:
    settings.DEBUG = True
    assert drawn("card", {"title": "a"}, draw) != drawn("card", {"title": "a"}, draw)


def test_the_tag_draws_as_include_does_and_escapes() -> None:
    kept.forget_everything()
    values = 'title=title url="/a/" text="Small" tone="mint" level=2'
    tag = Template(f'{{% load foundation_tags %}}{{% component "components/card.html" {values} %}}')
    include = Template(f'{{% include "components/card.html" with {values} only %}}')
    context = {"title": "<i>Bullying</i> & more", "kicker": "not given, so not seen"}
    drawings = [tag.render(Context(context)) for _time in range(2)]
    assert drawings == [include.render(Context(context))] * 2
    assert "&lt;i&gt;Bullying&lt;/i&gt; &amp; more" in drawings[0]
    assert "not given" not in drawings[0]
