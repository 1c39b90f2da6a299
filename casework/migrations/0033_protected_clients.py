from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0032_meetings_by_start"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="client",
            index=models.Index(
                condition=models.Q(("protective_order_source", ""), _negated=True),
                fields=["id"],
                name="client_protected",
            ),
        ),
    ]
