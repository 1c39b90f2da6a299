"""People who sign in: staff in their municipality's schema, operators and finance in the public one."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tenants.accounts.permissions import Permission, Role, names_of, permissions_of, watches_administrators
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

    @property
    def watches_themselves(self) -> bool:
        """Tell whether these roles do not go together: they may be from a time when nobody refused that."""
        return watches_administrators(self.roles)

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

    @property
    def is_backed(self) -> bool:
        """Tell whether who sent it may still invite; the first one of a place was sent by nobody."""
        return self.invited_by is None or self.invited_by.has(Permission.MANAGE_PEOPLE)

    @property
    def role_names(self) -> list[str]:
        return names_of(self.roles)


class RoleRequest(Record):
    """A change of somebody's roles that waits for a second person, or for the end of a day; afterwards, how it ended.

    Where `opens_account` is true, a closed account is to be opened again with the roles it has: before, they were none.
    """

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Taken back by who asked")
        UNANSWERED = "unanswered", _("Took effect without an answer")
        OVERTAKEN = "overtaken", _("Not valid any more")

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    roles_before = ArrayField(models.CharField(max_length=20, choices=Role))
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    opens_account = models.BooleanField(default=False)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(closed_at=None), name="one_open_role_request_each"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, outcome="")
                | models.Q(closed_at__isnull=False) & ~models.Q(outcome=""),
                name="a_closed_role_request_says_how",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def get_absolute_url(self) -> str:
        return reverse("role_request", args=[self.pk])

    @property
    def is_own(self) -> bool:
        """Tell whether somebody asked for their own roles."""
        return self.asked_by_id == self.person_id

    @property
    def before(self) -> list[str]:
        """The roles that the person had, by name."""
        return names_of(self.roles_before)

    @property
    def given(self) -> list[str]:
        """The roles that the person would get, by name."""
        return names_of([role for role in self.roles if role not in self.roles_before])

    @property
    def taken(self) -> list[str]:
        """The roles that the person would lose, by name."""
        return names_of([role for role in self.roles_before if role not in self.roles])

    def may_be_decided_by(self, somebody: User) -> bool:
        """Tell whether somebody is a second person: neither who asked nor whose roles they are."""
        return somebody.has(Permission.CONFIRM_ROLES) and somebody.pk not in {self.asked_by_id, self.person_id}
