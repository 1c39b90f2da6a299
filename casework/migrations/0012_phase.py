"""The phase of a case is kept in its row: derived once from the facts there are, from then on by the timeline."""

from django.db import migrations, models

FILL = """
    update casework_case set phase = case
        when closed_on is not null then 'closed'
        when exists (select from casework_coveragecheck k
            join casework_decision d on d.id = k.decision_id join casework_application a on a.id = d.application_id
            where a.case_id = casework_case.id and k.state = 'open') then 'checking'
        when exists (select from casework_appeal p
            join casework_decision d on d.id = p.decision_id join casework_application a on a.id = d.application_id
            where a.case_id = casework_case.id and p.state in ('draft', 'filed')) then 'appealing'
        when exists (select from casework_application a
            where a.case_id = casework_case.id and a.state in ('filed', 'returned')) then 'waiting'
        when exists (select from casework_application a
            where a.case_id = casework_case.id and a.state = 'draft') then 'applying'
        when direction <> '' then 'follow_up'
        when exists (select from casework_assessment s where s.case_id = casework_case.id and s.removed_at is null)
            or exists (select from casework_serviceentry e where e.case_id = casework_case.id
                and e.product in ('doctor_visit', 'team_meeting', 'ability_description'))
            or exists (select from casework_appointment v
                where v.case_id = casework_case.id and v.state = 'held' and v.kind = 'doctor') then 'assessing'
        when exists (select from casework_serviceentry e where e.case_id = casework_case.id
                and e.product in ('first_meeting', 'client_meeting', 'network_meeting'))
            or exists (select from casework_note n where n.case_id = casework_case.id and n.kind = 'meeting')
            or exists (select from casework_appointment v
                where v.case_id = casework_case.id and v.state = 'held') then 'mapping'
        else 'contact' end
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_corrected_decisions")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="phase",
            field=models.CharField(default="contact", editable=False, max_length=10),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(model_name="case", index=models.Index(fields=["phase"], name="case_phase")),
    ]
