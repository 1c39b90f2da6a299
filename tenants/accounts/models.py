"""People who sign in: staff in their municipality's schema, operators and finance in the public one."""

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tenants.accounts.permissions import Permission, Role, names_of, permissions_of
from tenants.derived import KeepsDerived, SortKeyField
from tenants.records import Record
from tenants.versions import Versioned


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(KeepsDerived, Versioned, Record, AbstractBaseUser):
    """A person with an account on this side of the house. What they may do follows from their roles."""

    class Language(models.TextChoices):
        FINNISH = "fi", "Suomi"
        SWEDISH = "sv", "Svenska"
        ENGLISH = "en", "English"

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    sort_key = SortKeyField(of=["name"])
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.FINNISH)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name=_("roles"), default=list)
    is_active = models.BooleanField(default=True)
    session_mark = models.UUIDField(default=uuid.uuid4, editable=False)  # a new one ends every session at once

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["sort_key", "name"]
        indexes = [models.Index(fields=["sort_key"], name="user_in_order")]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email"),
            # allauth looks people up by the address in lower case, exactly
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles)

    def has(self, permission: Permission) -> bool:
        """Tell whether one of this person's roles includes the permission."""
        return self.is_active and permission in self.permissions

    @property
    def role_names(self) -> list[str]:
        return names_of(self.roles)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the mark, too; Django binds them to the password only."""
        salt = "tenants.accounts.models.User.get_session_auth_hash"
        return salted_hmac(salt, f"{self.password}|{self.session_mark}", secret=secret, algorithm="sha256").hexdigest()


class Invitation(Record):
    """A letter that lets one person make an account; the address proves itself by the link."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=User.Language, default=User.Language.FINNISH)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name=_("roles"), default=list)
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256; the token itself is only in the mail
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def is_open(self, *, at: datetime) -> bool:
        """Tell whether the link still makes an account."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > at

    @property
    def role_names(self) -> list[str]:
        return names_of(self.roles)
