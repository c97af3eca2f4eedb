"""Addresses that fail, for tests."""

from django.core.exceptions import PermissionDenied
from django.urls import path

from cscp.urls import urlpatterns as real


def broken(request):
    raise RuntimeError("the secret reason")


def refused(request):
    raise PermissionDenied


urlpatterns = [path("broken/", broken), path("refused/", refused), *real]
