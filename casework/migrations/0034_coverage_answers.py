from django.db import migrations, models
from django.db.models import Case, Q, Value, When


def read_answers(apps, schema_editor):
    """Carry over yes and no: a no did not say whether the illness is mentioned, so it becomes an answer of its own."""
    rows = apps.get_model("casework", "CoverageRow").objects
    rows.exclude(is_considered=None).update(
        answer=Case(When(is_considered=True, then=Value("considered")), default=Value("not_considered"))
    )


class Migration(migrations.Migration):
    contracts = "the rule is of the new column, which old code leaves at its default"

    dependencies = [
        ("casework", "0033_protected_clients"),
    ]

    operations = [
        migrations.AddField(
            model_name="coveragerow",
            name="answer",
            field=models.CharField(
                choices=[
                    ("not_looked", "Not looked yet"),
                    ("considered", "Considered"),
                    ("mentioned", "Mentioned, but its effect is not assessed"),
                    ("not_mentioned", "Not mentioned"),
                    ("not_considered", "Not considered; whether it is mentioned was not asked"),
                ],
                db_default="not_looked",
                default="not_looked",
                max_length=20,
                verbose_name="in the decision",
            ),
        ),
        migrations.AlterField(
            model_name="coveragerow",
            name="is_considered",
            field=models.BooleanField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(read_answers, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="coveragerow",
            constraint=models.CheckConstraint(
                condition=Q(answer__in=["not_looked", "considered", "mentioned", "not_mentioned", "not_considered"]),
                name="coverage_answer_known",
            ),
        ),
    ]
