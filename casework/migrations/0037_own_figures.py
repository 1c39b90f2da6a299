import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


def move_own_times(apps, schema_editor):
    """A municipality's own usual times become own figures; that of Kela's kuntoutustuki was for continuations, too."""
    written_before = apps.get_model("casework", "BenefitRule")
    own_figure = apps.get_model("casework", "OwnFigure")
    for row in written_before.objects.order_by("created_at"):
        has_two = (row.benefit_code, row.decider_kind) == ("KT", "kela")
        for matter in ("new", "continuation") if has_two else ("new",):
            own_figure.objects.create(
                figure=f"usual.{row.benefit_code}.{row.decider_kind}.{matter}",
                value="" if row.usual_days is None else str(row.usual_days),
                valid_from=row.valid_from,
                source=row.source,
                checked_on=row.checked_on,
                written_by_id=row.checked_by_id,
            )


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0036_usual_origins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnFigure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("figure", models.CharField(max_length=60, verbose_name="figure")),
                ("value", models.CharField(blank=True, max_length=200, verbose_name="value")),
                ("valid_from", models.DateField(verbose_name="valid from")),
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
                "verbose_name": "own figure",
                "ordering": ["valid_from", "created_at"],
                "indexes": [models.Index(fields=["figure", "valid_from"], name="own_figure_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="own_figure_has_source"
                    )
                ],
            },
        ),
        migrations.RunPython(move_own_times, migrations.RunPython.noop),
    ]
