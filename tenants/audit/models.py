"""The access log: who looked at whom, did what and why; and its seals. Append-only; written by database functions."""

from django.db import models

from tenants.encryption import EncryptedTextField


class AccessEntry(models.Model):
    """One look or act, about one client or case. Never holds content (tiedonhallintalaki 906/2019 § 17).

    Rows are chained: `digest` is the SHA-256 of the previous row's digest and this row's values, per municipality, by
    the rule of its `version` (tenants.audit.rules). All entries of one act share one sealed reason and its key.
    """

    version = models.SmallIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField()
    actor_name = models.CharField(max_length=120)
    roles = models.CharField(max_length=120)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    reason_key = models.UUIDField(null=True)  # None: no reason was given
    reason = EncryptedTextField(row="reason_key")
    reason_hash = models.CharField(max_length=64)  # keyed; the chain holds it, so that keys can be changed
    route = models.CharField(max_length=100)
    request_id = models.CharField(max_length=36)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject", "-id"]),
            models.Index(fields=["actor", "-id"]),
            # The door asks for the reasons somebody has given: few among everything a person ever looked at.
            models.Index(fields=["actor", "at"], name="access_reasons", condition=models.Q(reason_key__isnull=False)),
        ]


class Seal(models.Model):
    """What the log was at a moment, proven by a key that is not in the database (tenants.audit.sealing).

    `entries` counts every entry there ever was up to `last_entry`, whose digest is `head`. Numbers have no gap.
    """

    class Kind(models.TextChoices):
        HEAD = "head"
        MAILED = "mailed"  # the data-protection officers were told this head by mail
        NAMES = "names"  # `names` is a digest of those in the entries of the first rule, which the chain does not hold
        CHECKPOINT = "checkpoint"  # the entries up to here were removed by rule; the chain begins after it

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    last_entry = models.BigIntegerField()
    entries = models.BigIntegerField()
    head = models.CharField(max_length=64)
    names = models.CharField(max_length=64)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=40)  # of the master key that the key of this seal comes from
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)
