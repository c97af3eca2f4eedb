"""The site's addresses, and a view that does nothing: what Django itself costs in the same process."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from community.opendata import answers
from cscp.urls import handler400, handler403, handler404, handler500
from cscp.urls import urlpatterns as site_urls
from foundation.forms.limits import Limit

__all__ = ["handler400", "handler403", "handler404", "handler500"]

# The benchmark is one address that asks as often as it can; what is counted stays, what is refused does not.
answers.THROTTLE = Limit(answers.THROTTLE.name, times=10**9, seconds=answers.THROTTLE.seconds)


def trivial(request: HttpRequest) -> HttpResponse:
    """As little as a view can do, behind all of the site's middleware."""
    return HttpResponse("ok")


urlpatterns = [path("benchmark/trivial/", trivial), *site_urls]
