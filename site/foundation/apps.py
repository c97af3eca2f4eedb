"""The floor that every room stands on."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.exports.wagtail import protect_wagtail_exports

        protect_wagtail_exports()

        from foundation import checks  # noqa: F401 (registers the checks)
        from foundation.registries.backups import BackupExclusion, backup_exclusions

        backup_exclusions.register(
            "sessions",
            BackupExclusion("django_session", "A copied session could be used by whoever finds the copy."),
        )

        from foundation.watching import sentry

        sentry.start()

        from foundation.personal import rules

        rules.connect()
