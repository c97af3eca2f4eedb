"""What every place has in common. `dev`, `test` and `production` start from here."""

from .parts.content import *
from .parts.environment import BASE_DIR, env
from .parts.faults import *
from .parts.logs import *
from .parts.newsletter import *
from .parts.security import *
from .parts.stores import *
from .parts.surveys import *
from .parts.watching import *

DEBUG = False
DEMO_MODE = False
SERVE_MEDIA = False
ROOT_URLCONF = "cscp.urls"
WSGI_APPLICATION = "cscp.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])

INSTALLED_APPS = [
    "home",
    "home.search",
    "home.review",
    "community",
    "community.programme",
    "community.newsletter",
    "community.outreach",
    "surveys",
    "foundation",
    "foundation.accounts",
    "foundation.accounts.links",
    "foundation.audit",
    "foundation.partnership",
    "foundation.media",
    "foundation.counts",
    "foundation.cache",
    "foundation.mail",
    "foundation.jobs",
    "wagtail_localize",
    "wagtail_localize.locales",  # takes the place of wagtail.locales
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "foundation.accounts.users_app.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

# From the outside in. What stands above the page cache also happens to a page that comes from it.
MIDDLEWARE = [
    "foundation.headers.middleware.ResponseHeadersMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "foundation.logs.middleware.RequestLogMiddleware",
    "foundation.health.middleware.HealthMiddleware",
    "foundation.faults.middleware.BrokenAddressMiddleware",
    "surveys.answering.lane.SendingLaneMiddleware",
    "foundation.counts.middleware.PageCountMiddleware",
    "foundation.cache.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "foundation.languages.middleware.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.accounts.doors.SessionLifeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "foundation.accounts.doors.StaffDoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "foundation.partnership.context.chrome",
            ],
        },
    }
]
