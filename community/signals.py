"""What happens in the registry, for those who must act on it."""

from django.dispatch import Signal

snapshot_published = Signal()
"""A setting has a new snapshot. `setting_id`: its uuid."""

state_changed = Signal()
"""A setting took a step. `setting_id`, `act`, `from_state`, `to_state`."""
