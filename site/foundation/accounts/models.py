"""People who sign in. Who they are to the partnership is said by their groups: see `roles`."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address; there is no other user name."""

    use_in_migrations = True

    def _create(self, email: str, password: str | None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields.setdefault("is_staff", False)
        fields.setdefault("is_superuser", False)
        return self._create(email, password, **fields)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields["is_staff"] = fields["is_superuser"] = True
        return self._create(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):  # type: ignore[django-manager-missing]  # uploads have no related manager
    """Someone with an account. The e-mail address is the user name, and is never shown to the public."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody already has an account with this e-mail address.")},
    )
    display_name = models.CharField(
        _("display name"),
        max_length=80,
        blank=True,
        help_text=_("A first name or nickname, shown beside what you write."),
    )

    sessions_valid_from = models.DateTimeField(
        _("sessions count from"), null=True, blank=True, editable=False,
        help_text=_("A session that began earlier is over."),
    )  # fmt: skip

    is_demo = models.BooleanField(
        _("for the demonstration"), default=False, editable=False,
        help_text=_("Its password is known to everybody: it opens nothing outside the demonstration."),
    )  # fmt: skip

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case")]

    def get_full_name(self) -> str:
        """What Wagtail calls somebody in histories and mails: the name that they go by. Where there is none it shows the
        address, so a Young Advisor always has one (`forms`, and `home.review.signals`)."""
        return self.display_name or super().get_full_name()

    def __str__(self) -> str:
        return self.get_full_name() or self.email
