from django.db import migrations, models


class Migration(migrations.Migration):
    contracts = "the rules are about columns that are new here, which the version before neither fills nor changes"

    dependencies = [
        ("casework", "0050_annexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="claim_by",
            field=models.DateField(blank=True, null=True, verbose_name="last day to claim"),
        ),
        migrations.AddField(
            model_name="application",
            name="claim_safe_by",
            field=models.DateField(blank=True, null=True, verbose_name="aim to claim by"),
        ),
        migrations.AddField(
            model_name="application",
            name="counted_from",
            field=models.CharField(
                blank=True,
                choices=[
                    ("incapacity_starts", "Incapacity for work began"),
                    ("paid_period_ends", "The paid period ended"),
                    ("day_wanted", "It is wanted from"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="what the time to claim is counted from",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="counted_on",
            field=models.DateField(blank=True, null=True, verbose_name="the time to claim is counted from"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("state", "draft")), fields=["claim_safe_by"], name="application_claimed"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counted_from", ""), ("counted_on", None)),
                    models.Q(models.Q(("counted_from", ""), _negated=True), ("counted_on__isnull", False)),
                    _connector="OR",
                ),
                name="application_counted_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim_by", None), ("claim_safe_by", None)),
                    models.Q(("claim_by__isnull", False), ("claim_safe_by__isnull", False)),
                    _connector="OR",
                ),
                name="application_claim_whole",
            ),
        ),
    ]
