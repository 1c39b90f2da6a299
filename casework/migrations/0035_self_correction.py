import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    contracts = "the rules are of a state and a column that only this version writes"

    dependencies = [
        ("casework", "0034_coverage_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="comment_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="comment due on"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="commented_on",
            field=models.DateField(blank=True, null=True, verbose_name="commented on"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="forwarded_on",
            field=models.DateField(blank=True, null=True, verbose_name="passed on to the board on"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="partly_corrected_on",
            field=models.DateField(blank=True, null=True, verbose_name="corrected in part by the decider on"),
        ),
        migrations.AddField(
            model_name="decision",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="new_decisions",
                to="casework.appeal",
                verbose_name="the appeal after which the decider corrected itself",
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("changed", "Changed as asked"),
                    ("partly", "Changed in part"),
                    ("rejected", "Rejected"),
                    ("corrected", "Corrected by the decider itself"),
                ],
                max_length=10,
                verbose_name="result",
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "In preparation"),
                    ("filed", "Filed"),
                    ("forwarded", "Passed on to the board"),
                    ("decided", "Decided"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "forwarded"), _negated=True),
                    models.Q(("filed_on__isnull", False), ("forwarded_on__isnull", False)),
                    _connector="OR",
                ),
                name="appeal_forwarded_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None)), fields=("follows",), name="decision_follows_once"
            ),
        ),
    ]
