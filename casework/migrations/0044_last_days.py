"""A last day may be unknown, or said not to be; what was reckoned by a disputed rule is asked for.

Old code reads such an appeal with an error until the new processes are there; it writes none.
"""

from datetime import date
from typing import Any

import tenants.encryption
from django.db import migrations, models

from casework.law.calendar import is_known, office_day_before
from casework.law.deadlines import SAFETY_MARGIN

DISPUTED = "employment_area"  # the only decider whose rows of appeal are disputed


def follow_the_rules(apps: Any, schema_editor: Any) -> None:
    """Kept days as the code reckons them from now on: printed ones alone, none by a disputed rule, safe ones in office."""
    decisions = apps.get_model("casework", "Decision").objects.all()
    drafts = apps.get_model("casework", "Appeal").objects.filter(state="draft")
    reckoned = {"printed_last_day": None, "last_day__isnull": False}
    decisions.filter(application__decider_code=DISPUTED, **reckoned).update(last_day=None, safe_day=None)
    drafts.filter(decision__application__decider_code=DISPUTED, **reckoned).update(last_day=None, safe_day=None)
    printed_alone = decisions.filter(last_day=None, printed_last_day__isnull=False)
    for printed in list(printed_alone.values_list("printed_last_day", flat=True).order_by().distinct()):
        decisions.filter(last_day=None, printed_last_day=printed).update(last_day=printed, safe_day=safe_day(printed))
    for rows in (decisions, drafts):
        known = rows.filter(safe_day__isnull=False).values_list("safe_day", flat=True).order_by().distinct()
        for on in list(known):
            if on != in_office(on):
                rows.filter(safe_day=on).update(safe_day=in_office(on))


def safe_day(printed: date) -> date:
    return in_office(printed - SAFETY_MARGIN)


def in_office(on: date) -> date:
    return office_day_before(on) if is_known(on.year) else on


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0043_employers_who_apply"),
    ]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="no_last_day_reason",
            field=tenants.encryption.EncryptedTextField(
                blank=True, null=True, verbose_name="why there is no last day of appeal"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="no_last_day_reason",
            field=tenants.encryption.EncryptedTextField(
                blank=True, null=True, verbose_name="why there is no last day of appeal"
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="last_day",
            field=models.DateField(blank=True, null=True, verbose_name="last day of appeal"),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="safe_day",
            field=models.DateField(blank=True, null=True, verbose_name="safe day of appeal"),
        ),
        migrations.RunPython(follow_the_rules, migrations.RunPython.noop),
    ]
