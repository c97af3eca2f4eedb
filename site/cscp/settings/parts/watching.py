"""What an operator's monitoring is given; nothing unless they ask for it."""

from .environment import env

# Whoever sends it as "Authorization: Bearer …" may read /health/metrics. Empty: nothing is counted, the address is not there.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# Where the processes of a machine leave their counts; empty: a folder of this account below the system's temporary one.
METRICS_ROOT = env.str("METRICS_ROOT", default="")
SENTRY_DSN = env.str("SENTRY_DSN", default="")
