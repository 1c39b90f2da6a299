"""Whether an interpreter is needed is asked: an unticked box was no answer, and becomes "not asked"."""

from django.db import migrations, models


def forget_answers_that_nobody_gave(apps, schema_editor):
    apps.get_model("casework", "Client")._base_manager.filter(needs_interpreter=False).update(needs_interpreter=None)


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0041_rough_days"),
    ]

    operations = [
        migrations.AlterField(
            model_name="client",
            name="needs_interpreter",
            field=models.BooleanField(null=True, verbose_name="needs an interpreter"),
        ),
        migrations.RunPython(forget_answers_that_nobody_gave, migrations.RunPython.noop),
    ]
