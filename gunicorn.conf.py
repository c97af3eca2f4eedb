"""How gunicorn serves the site; every value can be set from the environment.

One process with threads is the default, because the local memory cache and SQLite's write lock live in a process.
"""

import os

pythonpath = "site"
wsgi_app = "cscp.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 30
keepalive = 75
# A socket in the home folder by which the server could be steered: nobody uses it, and a read-only container has no such place.
control_socket_disable = True
# The site writes its own log line for a request; gunicorn's would hold addresses.
accesslog = None
# Imported after `pythonpath` holds, so the folder needs no installing.
logger_class = "foundation.logs.gunicorn.SafeLogger"
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")
limit_request_line = 8190
