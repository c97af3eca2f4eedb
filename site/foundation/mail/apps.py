"""Outgoing mail."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "foundation.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.registries.backups import BackupExclusion, backup_exclusions
        from foundation.registries.chores import Chore, chores

        from .services import forget_old_messages, send_due_messages

        chores.register("mail: send what waits", Chore(send_due_messages, is_daily=False))
        chores.register("mail: forget what could not be sent", Chore(forget_old_messages))
        backup_exclusions.register(
            "mail",
            BackupExclusion("mail_outgoingmessage", "People's messages are kept until they are sent, and no longer."),
        )
