"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cscp.settings.production")

application = get_wsgi_application()

from foundation.accounts.demo import refuse_outside_demo_mode  # noqa: E402  (needs the apps, which the line above loads)

refuse_outside_demo_mode()
