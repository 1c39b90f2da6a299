import django.db.models.deletion
from django.db import migrations, models

from tests.newer.casework import pause


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "remark_on_client"),
    ]

    operations = [
        migrations.CreateModel(
            "Remark",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("client", models.ForeignKey("casework.client", django.db.models.deletion.CASCADE)),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(pause),
        migrations.AddIndex("client", models.Index(fields=["remark"], name="client_by_remark")),
    ]
