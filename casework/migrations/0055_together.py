import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    contracts = "the rule is of the new column, which old code leaves empty"

    dependencies = [
        ("casework", "0054_sickness_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="together_with",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="casework.application",
                verbose_name="the same application at the other pension system",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("together_with", models.F("id")), _negated=True),
                name="application_not_together_with_itself",
            ),
        ),
    ]
