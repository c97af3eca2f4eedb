"""What each room lets a role do; `setup_roles` puts it together."""

from dataclasses import dataclass, field

from .base import Registry


@dataclass(frozen=True)
class RoomPermissions:
    """The model permissions that a room gives: role key -> ("app_label.codename", ...)."""

    by_role: dict[str, tuple[str, ...]] = field(default_factory=dict)


room_permissions: Registry[RoomPermissions] = Registry("permissions that a room gives to roles")
