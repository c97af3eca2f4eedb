"""Pictures and films where no proxy serves them: the demonstration and development.

Documents are left out: they go through Wagtail's own view, which asks whether their collection is private.
"""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

NOT_HERE = ("documents/", "private/")


@require_safe
def serve_upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file from MEDIA_ROOT that can run nothing, whatever it holds."""
    if path.startswith(NOT_HERE):
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
