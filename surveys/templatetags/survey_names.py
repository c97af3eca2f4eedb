"""Names of topics, surveys and waves on a page in any language; English that is left says so."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..fieldwork.models import Wave
from ..questionnaire.named import ENGLISH, Named

register = template.Library()


@register.filter
def named(thing: Named) -> SafeString:
    """The name of a topic, a survey or a wave in the page's language, or the English marked as such."""
    if thing.lang == (get_language() or ENGLISH):
        return conditional_escape(thing.name_here)
    return format_html('<bdi lang="{}" dir="ltr">{}</bdi>', thing.lang, thing.name_here)


@register.filter
def wave_in_full(wave: Wave) -> SafeString:
    """The survey and the wave."""
    return format_html(_("{survey}, {wave}"), survey=named(wave.survey), wave=named(wave))
