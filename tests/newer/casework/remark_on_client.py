from django.db import migrations, models

from tests.newer.casework import LAST, pause


class Migration(migrations.Migration):
    dependencies = [
        ("casework", LAST),
    ]

    operations = [
        migrations.AddField("client", "remark", models.TextField(null=True)),
        migrations.RunPython(pause),
    ]
