"""The day of the last contact is kept in the row of a case: told once by the facts there are, from then on by the timeline."""

import django.db.models.functions.comparison
from django.db import migrations, models

FILL = """
    update casework_case set contact_on = (
        select max(days.on) from (
            select n.on from casework_note n
                where n.case_id = casework_case.id and n.removed_at is null and n.kind in ('call', 'meeting', 'message')
            union all
            select e.on from casework_serviceentry e
                where e.case_id = casework_case.id and e.removed_at is null and e.on >= '2007-01-01' and e.product in (
                    'first_meeting', 'client_meeting', 'doctor_visit', 'network_meeting', 'application_help', 'appeal_help'
                )
            union all
            select (v.starts_at at time zone 'Europe/Helsinki')::date from casework_appointment v
                where v.case_id = casework_case.id and v.state = 'held'
        ) days
    )
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_phase")]

    operations = [
        migrations.AddField(model_name="case", name="contact_on", field=models.DateField(editable=False, null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                django.db.models.functions.comparison.Coalesce("contact_on", "opened_on"),
                condition=models.Q(("closed_on", None)),
                name="case_silent_since",
            ),
        ),
    ]
