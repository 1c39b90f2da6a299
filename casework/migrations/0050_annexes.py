import django.db.models.deletion
import tenants.encryption
import uuid
from django.conf import settings
from django.db import migrations, models


def move_own_annexes(apps, schema_editor):
    """What a municipality wrote as the statement of a benefit, in words, becomes a row of its own; the old one stays."""
    own_annex = apps.get_model("casework", "OwnAnnex")
    written = apps.get_model("casework", "OwnFigure").objects.filter(figure__startswith="annex.")
    newest = {row.figure: row for row in written.order_by("valid_from", "created_at")}
    for row in newest.values():
        if row.value:
            own_annex.objects.create(
                benefit_code=row.figure.partition(".")[2],
                code="own-statement",
                name=row.value,
                need="unknown",
                source=row.source,
                checked_on=row.checked_on,
                written_by_id=row.written_by_id,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0049_picture_not_recognised"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="annex",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=40, verbose_name="which of what goes with it"
            ),
        ),
        migrations.CreateModel(
            name="AnnexAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "removed_reason",
                    tenants.encryption.EncryptedTextField(blank=True, verbose_name="why it was taken back"),
                ),
                ("annex", models.CharField(max_length=40, verbose_name="what goes with it")),
                ("why", tenants.encryption.EncryptedTextField(verbose_name="why it is not needed")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="annex_answers",
                        to="casework.application",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "answer about an annex",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at", None), ("removed_by", None)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="annex_answer_removed_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("application", "annex"),
                        name="annex_answer_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnAnnex",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("benefit_code", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200, verbose_name="what it is")),
                ("kind", models.CharField(blank=True, max_length=15, verbose_name="kind")),
                ("giver", models.CharField(blank=True, max_length=20, verbose_name="from whom")),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="how many months old it may be"
                    ),
                ),
                ("need", models.CharField(max_length=10, verbose_name="whether it is needed")),
                ("when", models.CharField(blank=True, max_length=200, verbose_name="when it is needed")),
                ("form", models.CharField(blank=True, max_length=60, verbose_name="form")),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("checked_on", models.DateField(verbose_name="checked on")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "own row of what goes with an application",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="own_annex_has_source"
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="own_annex_has_name"),
                ],
            },
        ),
        migrations.RunPython(move_own_annexes, migrations.RunPython.noop),
    ]
