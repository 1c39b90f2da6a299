"""How exactly a day is known. What was written before is a day, but a first of January may stand for its year alone."""

from django.db import migrations, models

import tenants.rough_columns

ROUGH = {
    "illness": "since",
    "targetgroup": "since",
    "networkperson": "ended_on",
    "evidence": "dated_on",
}


def ask_of_firsts_of_january(apps, schema_editor):
    for name, day in ROUGH.items():
        rows = apps.get_model("casework", name)._base_manager
        new_year = rows.filter(**{f"{day}__month": 1, f"{day}__day": 1})
        new_year.update(**{f"{day}_precision": "unclear"})


class Migration(migrations.Migration):
    contracts = (
        "Code from before leaves the precision at its default, a day, of which the new rules ask nothing. Only who "
        "changes with an old page, within the minute of the update, a day that a new page has just stored as a year is "
        "refused, and saves once more."
    )
    dependencies = [
        ("casework", "0040_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="illness",
            name="since_precision",
            field=tenants.rough_columns.PrecisionField(
                db_default="day", default="day", editable=False, max_length=7, of=["since"]
            ),
        ),
        migrations.AddConstraint(
            model_name="illness",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_precision", "day"),
                    models.Q(
                        ("since__day", 1),
                        ("since__isnull", False),
                        models.Q(
                            ("since_precision", "month"),
                            models.Q(("since__month", 1), ("since_precision__in", ["year", "unclear"])),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="illness_since_first_day",
            ),
        ),
        migrations.AddField(
            model_name="targetgroup",
            name="since_precision",
            field=tenants.rough_columns.PrecisionField(
                db_default="day", default="day", editable=False, max_length=7, of=["since"]
            ),
        ),
        migrations.AddConstraint(
            model_name="targetgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_precision", "day"),
                    models.Q(
                        ("since__day", 1),
                        ("since__isnull", False),
                        models.Q(
                            ("since_precision", "month"),
                            models.Q(("since__month", 1), ("since_precision__in", ["year", "unclear"])),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="target_group_since_first_day",
            ),
        ),
        migrations.AddField(
            model_name="networkperson",
            name="ended_on_precision",
            field=tenants.rough_columns.PrecisionField(
                db_default="day", default="day", editable=False, max_length=7, of=["ended_on"]
            ),
        ),
        migrations.AddConstraint(
            model_name="networkperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on_precision", "day"),
                    models.Q(
                        ("ended_on__day", 1),
                        ("ended_on__isnull", False),
                        models.Q(
                            ("ended_on_precision", "month"),
                            models.Q(("ended_on__month", 1), ("ended_on_precision__in", ["year", "unclear"])),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="network_ended_first_day",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="dated_on_precision",
            field=tenants.rough_columns.PrecisionField(
                db_default="day", default="day", editable=False, max_length=7, of=["dated_on"]
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("dated_on_precision", "day"),
                    models.Q(
                        ("dated_on__day", 1),
                        ("dated_on__isnull", False),
                        models.Q(
                            ("dated_on_precision", "month"),
                            models.Q(("dated_on__month", 1), ("dated_on_precision__in", ["year", "unclear"])),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="evidence_dated_first_day",
            ),
        ),
        migrations.RunPython(ask_of_firsts_of_january, migrations.RunPython.noop),
    ]
