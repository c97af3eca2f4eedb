"""Counts a visit when a public page has been given out, from the page cache or not."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .readers import is_counted
from .services import count_page


class PageCountMiddleware:
    """Stands above the page cache, so that a kept page counts too. Reads the page's number, keeps nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        page_id = getattr(request, "served_page_id", None)
        if page_id is not None and settings.PAGE_COUNTS and is_counted(request, response):
            count_page(page_id=page_id)
        return response
