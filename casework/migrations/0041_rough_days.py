"""How exactly a day is known. What was written before is a day, but a first of January may stand for its year alone."""

from django.db import migrations, models

import tenants.rough_columns

ROUGH = {
    ("illness", "since"): "illness_since_first_day",
    ("targetgroup", "since"): "target_group_since_first_day",
    ("networkperson", "ended_on"): "network_ended_first_day",
    ("evidence", "dated_on"): "evidence_dated_first_day",
}


def known_beside(model, day, constraint):
    """How exactly a day is known, and that of a month or a year its first day stands in the column."""
    beside = f"{day}_precision"
    is_first_of = models.Q(
        (beside, "month"), models.Q((f"{day}__month", 1), (f"{beside}__in", ["year", "unclear"])), _connector="OR"
    )
    is_first = models.Q((f"{day}__day", 1), (f"{day}__isnull", False), is_first_of)
    return (
        migrations.AddField(
            model_name=model,
            name=beside,
            field=tenants.rough_columns.PrecisionField(
                db_default="day", default="day", editable=False, max_length=7, of=[day]
            ),
        ),
        migrations.AddConstraint(
            model_name=model,
            constraint=models.CheckConstraint(
                condition=models.Q((beside, "day"), is_first, _connector="OR"), name=constraint
            ),
        ),
    )


def ask_of_firsts_of_january(apps, schema_editor):
    for name, day in ROUGH:
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
        *(step for (model, day), constraint in ROUGH.items() for step in known_beside(model, day, constraint)),
        migrations.RunPython(ask_of_firsts_of_january, migrations.RunPython.noop),
    ]
