"""What boards and courts answer besides, the court of last instance, and the wait that begins with a ruling."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    contracts = (
        "the column of the ruling only grows: what code from before writes fits, and it reads the others as words"
    )

    dependencies = [
        ("casework", "0062_removals"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="ruling",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="new_round",
                to="casework.appeal",
                verbose_name="the ruling that returned the matter",
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="level",
            field=models.CharField(
                choices=[
                    ("self_correction_and_board", "Self-correction and appeal board"),
                    ("insurance_court", "Insurance Court"),
                    ("supreme_court", "Supreme Administrative Court"),
                ],
                max_length=30,
                verbose_name="level",
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
                    ("returned", "Annulled and returned to the decider for a new decision"),
                    ("not_examined", "Not examined"),
                    ("lapsed", "Lapsed"),
                    ("no_leave", "Leave to appeal not granted"),
                ],
                max_length=15,
                verbose_name="result",
            ),
        ),
        migrations.AlterField(
            model_name="round",
            name="kind",
            field=models.CharField(
                choices=[
                    ("application", "Application"),
                    ("continuation", "Application for a continuation"),
                    ("re_examination", "Asked for a new decision"),
                    ("removal", "Decided anew after a removal"),
                    ("annulled", "Returned for a new decision"),
                ],
                max_length=15,
                verbose_name="kind",
            ),
        ),
    ]
