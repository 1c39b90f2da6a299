from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0005_due_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="schema_version",
            field=models.CharField(blank=True, db_default="", default="", max_length=16),
        ),
    ]
