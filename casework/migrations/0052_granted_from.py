from django.db import migrations, models

import tenants.rough_columns


class Migration(migrations.Migration):
    contracts = (
        "Code from before leaves the precision at its default, a day, of which the new rule asks nothing, and does not "
        "write the new day."
    )
    dependencies = [
        ("casework", "0051_claim_windows"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="granted_from",
            field=models.DateField(blank=True, null=True, verbose_name="granted from"),
        ),
        migrations.AddField(
            model_name="decision",
            name="granted_from_precision",
            field=tenants.rough_columns.PrecisionField(
                db_default="day", default="day", editable=False, max_length=7, of=["granted_from"]
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_from_precision", "day"),
                    models.Q(
                        ("granted_from__day", 1),
                        ("granted_from__isnull", False),
                        models.Q(
                            ("granted_from_precision", "month"),
                            models.Q(("granted_from__month", 1), ("granted_from_precision__in", ["year", "unclear"])),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="decision_granted_from_first_day",
            ),
        ),
    ]
