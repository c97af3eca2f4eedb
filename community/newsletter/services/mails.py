"""The short mails of the newsletter: to confirm an address, and about an article. Issues go another way (`sending`)."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from foundation.mail.html import html_of
from foundation.mail.services import queue_mail

from ...register.services.mails import partnership_name


def send(*, to: str, subject: str, template: str, reply_to: str = "", language: str = "", **context: Any) -> None:
    """One mail from `templates/email/newsletter/`; to nobody (`to=""`) it costs the same and is then forgotten.

    `subject` is a marked string, translated here; `language`: of the page that was used, else the site's own.
    """
    code = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(code):
        name = partnership_name()
        text = render_to_string(f"email/newsletter/{template}.txt", {"partnership": name, **context}).strip() + "\n"
        whole_subject = f"{name}: {gettext(subject)}"
        html = html_of(text, subject=whole_subject, language=code)
    queue_mail(to=to, reply_to=reply_to, subject=whole_subject, text=text, html=html)
