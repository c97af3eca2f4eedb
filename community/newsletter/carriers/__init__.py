"""Ways in which an issue leaves the house: by SMTP, or by GOV.UK Notify."""

from django.conf import settings

from .base import Answer, Carrier, CarrierAway, Mail, Outcome

__all__ = ["Answer", "Carrier", "CarrierAway", "Mail", "Outcome", "carrier_in_use"]


def carrier_in_use() -> Carrier:
    """The one that the settings name; `NEWSLETTER_CARRIER` is "smtp" or "notify"."""
    if settings.NEWSLETTER_CARRIER == "notify":
        from .notify import NotifyCarrier

        return NotifyCarrier(api_key=settings.NOTIFY_API_KEY, template_id=settings.NOTIFY_TEMPLATE_ID)
    from .smtp import SmtpCarrier

    return SmtpCarrier()
