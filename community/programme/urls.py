"""Addresses of the programme, all below whats-on/, and a setting's training record in the owners' area.

A course's address is a word; what stands beside it (`RESERVED_SLUGS`) can be no course's.
"""

from django.urls import URLPattern, URLResolver, path

from ..register.urls import OF_SETTING
from .views import afterwards, booking, owners, public

ROOT = "whats-on/"
RESERVED_SLUGS = ("calendar.ics", "booking", "here", "thanks", "evaluate", "certificate")

localized_urlpatterns: list[URLPattern | URLResolver] = [
    path(ROOT, public.whats_on_page, name="whats_on"),
    path(f"{ROOT}calendar.ics", public.programme_calendar, name="programme_calendar"),
    path(f"{ROOT}certificate/", booking.check_certificate, name="check_certificate"),
    path(f"{ROOT}booking/<str:token>/", booking.booking_page, name="booking"),
    path(f"{ROOT}booking/<str:token>/event.ics", booking.booking_calendar, name="booking_calendar"),
    path(f"{ROOT}booking/<str:token>/certificate/", booking.certificate, name="certificate"),
    path(f"{ROOT}booking/<str:token>/certificate.pdf", booking.certificate_pdf, name="certificate_pdf"),
    path(f"{ROOT}here/thanks/", afterwards.here_thanks, name="here_thanks"),
    path(f"{ROOT}here/<str:token>/", afterwards.here, name="here"),
    path(f"{ROOT}evaluate/thanks/", afterwards.evaluate_thanks, name="evaluate_thanks"),
    path(f"{ROOT}evaluate/<str:token>/", afterwards.evaluate, name="evaluate"),
    path(f"{ROOT}<slug:slug>/", public.course_page, name="course"),
    path(f"{ROOT}<slug:slug>/dates.ics", public.course_calendar, name="course_calendar"),
    path(f"{ROOT}<slug:slug>/<uuid:pk>/book/", booking.book, name="book"),
    path(f"{ROOT}<slug:slug>/<uuid:pk>/book/sent/", booking.book_sent, name="book_sent"),
    path(f"{OF_SETTING}training/", owners.training, name="training"),
    path(f"{OF_SETTING}training/<uuid:date_id>/book/", owners.book, name="training_book"),
    path(f"{OF_SETTING}training/<uuid:booking_id>/cancel/", owners.cancel_one, name="training_cancel"),
]
