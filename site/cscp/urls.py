"""Every address of the site: the rooms bring their own, Wagtail's pages come last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from community import urls as community_urls
from community.newsletter import urls as newsletter_urls
from foundation.accounts import urls as accounts_urls
from foundation.leaving import leave
from foundation.media.serving import serve_held, serve_upload
from foundation.style_guide import style_guide
from home import urls as home_urls
from surveys import urls as surveys_urls

urlpatterns = [
    path("", RedirectView.as_view(url=f"/{settings.LANGUAGE_CODE}/", query_string=False)),
    *accounts_urls.side_doors,
    path("exit/", leave, name="exit"),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include(accounts_urls)),
    path("files/", include(wagtaildocs_urls)),
    path("held/<path:path>", serve_held, name="held_file"),
    *home_urls.urlpatterns,
    *community_urls.urlpatterns,
    *newsletter_urls.urlpatterns,
    *surveys_urls.urlpatterns,
    *([path("style-guide/", style_guide)] if settings.DEBUG else []),
    # Production leaves uploads to the proxy or the object store.
    *([path("media/<path:path>", serve_upload)] if settings.SERVE_MEDIA else []),
    *i18n_patterns(
        *home_urls.localized_urlpatterns,
        *community_urls.localized_urlpatterns,
        *newsletter_urls.localized_urlpatterns,
        *surveys_urls.localized_urlpatterns,
        *home_urls.page_urlpatterns,
    ),
]

handler400 = "foundation.faults.views.bad_request"
handler403 = "foundation.faults.views.permission_denied"
handler404 = "foundation.faults.views.not_found"
handler500 = "foundation.faults.views.server_error"
