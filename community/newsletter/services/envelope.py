"""What the mails of one issue have in common, and the mail of one recipient made from it."""

from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr

from django.conf import settings
from wagtail.models import Site

from ...register.services.mails import partnership_name
from ..carriers import Mail
from ..links import message_id, preferences_token, stop_token, whole_address
from ..models import Delivery, Issue, NewsletterSettings
from ..rendering import Letter


@dataclass(frozen=True)
class Worded:
    """A letter in one language, and where to stop and to choose, with TOKEN in them."""

    letter: Letter
    stop: str
    preferences: str


@dataclass(frozen=True)
class Envelope:
    """What the mails of one issue have in common, worked out once; the letter and its addresses once a language."""

    letter: Letter
    kind: str
    sender: str
    reply_to: str
    domain: str
    list_id: str
    worded: dict[str, Worded] = field(default_factory=dict)

    @classmethod
    def of(cls, issue: Issue) -> "Envelope":
        row = NewsletterSettings.objects.filter(site__is_default_site=True).first()
        name = (row and row.sender_name) or partnership_name()
        _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
        domain = address.rpartition("@")[2] or "localhost"
        site = Site.objects.filter(is_default_site=True).first()
        letter = Letter(issue.subject, issue.html, issue.text, is_service=issue.is_service)
        return cls(
            letter=letter,
            kind=issue.kind,
            sender=formataddr((" ".join(name.split()), address)),
            reply_to=(row and row.reply_to) or "",
            domain=domain,
            list_id=f"<{issue.kind}.{site.hostname if site else domain}>",
        )

    def in_language(self, code: str) -> "Worded":
        """The letter with its foot and addresses in a language, made for its first reader; in the site's own where we have
        not theirs."""
        if code not in dict(settings.LANGUAGES):
            code = settings.LANGUAGE_CODE
        if code not in self.worded:
            self.worded[code] = Worded(
                self.letter.in_language(code),
                whole_address("newsletter:stop", self.kind, "TOKEN", language=code),
                whole_address("newsletter:preferences", "TOKEN", language=code),
            )
        return self.worded[code]

    def mail_to(self, delivery: Delivery) -> Mail:
        """The mail of one recipient."""
        key, worded = delivery.contact.key, self.in_language(delivery.contact.language)
        stop = worded.stop.replace("TOKEN", stop_token(key, self.kind))
        preferences = worded.preferences.replace("TOKEN", preferences_token(key))
        html, text = worded.letter.for_reader(stop=stop, preferences=preferences)
        return Mail(
            to=delivery.contact.email, sender=self.sender, subject=self.letter.subject, text=text, html=html,
            stop_url=stop, message_id=message_id(delivery.pk, self.domain), list_id=self.list_id,
            reply_to=self.reply_to,
        )  # fmt: skip
