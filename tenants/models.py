"""Municipalities and the addresses they are reached at. Public schema only."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from tenants.derived import KeepsDerived, SortKeyField
from tenants.job_names import JOB_NAMES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Municipality(KeepsDerived, TenantMixin):  # type: ignore[django-manager-missing]  # django-tenants has no types
    """A municipality that uses the service, with a schema, a role and keys of its own."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("Waiting to be set up")
        BEING_MADE = "being_made", _("Being set up")
        ACTIVE = "active", _("In use")
        FAILED = "failed", _("Set-up failed")

    auto_create_schema = False  # tenants.provisioning makes it from the template
    auto_drop_schema = False

    name = models.CharField(_("name"), max_length=100, unique=True)
    sort_key = SortKeyField(of=["name"])
    business_id = models.CharField(_("business ID"), max_length=9, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.REQUESTED)
    step = models.CharField(max_length=40, blank=True)  # of provisioning, shown while it runs
    failure = models.CharField(max_length=200, blank=True)
    lease_until = models.DateTimeField(null=True)  # of who makes it, by the database's clock; then it was killed
    schema_version = models.CharField(max_length=16, blank=True, default="", db_default="")
    admin_email = models.EmailField(_("first portal administrator's e-mail"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sort_key", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.REQUESTED, self.State.BEING_MADE}

    @property
    def host(self) -> str:
        """The host name staff type: the primary domain."""
        return next((str(domain) for domain in self.domains.all() if domain.is_primary), "")


class Domain(DomainMixin):
    """A host name that leads to one municipality."""

    def __str__(self) -> str:
        return str(self.domain)


class JobRun(models.Model):
    """One run of a background job, for the console's job page: counts and the class of an error, never content.

    Of a round over many, in which one that fails stops no other, it says how many of how many failed, and which.
    """

    name = models.CharField(max_length=60)
    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.CASCADE, related_name="+"
    )  # None: console
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    count = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=100, blank=True)
    failed = models.PositiveIntegerField(default=0)
    tried = models.PositiveIntegerField(default=0)
    which = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["name", "municipality", "-started_at"], name="job_runs_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> "StrOrPromise":
        return JOB_NAMES.get(self.name, self.name)

    @property
    def is_running(self) -> bool:
        return self.finished_at is None


class DueWork(models.Model):
    """Work that is due from a moment on: for whom and of which kind, nothing of people (see tenants.due)."""

    class Kind(models.TextChoices):
        """Each is the name of the task that does it."""

        MAIL = "mail.deliver_due"
        UNCLEAR_MAIL = "mail.reconcile"
        SCAN = "documents.scan_waiting"
        LETTERS = "letters.read_waiting"
        ROLES = "people.take_effect"
        REMINDERS = "reminders.queue_due"
        LEFTOVERS = "leftovers.prune"

    municipality = models.ForeignKey(
        Municipality, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )  # None: console
    kind = models.CharField(max_length=40)  # no choices: a worker meets kinds of the version after its own
    at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True)  # by the database's clock

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="due_work_by_moment"),
            models.Index(fields=["municipality", "kind"], name="due_work_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.municipality_id or 'console'} {self.at}"
