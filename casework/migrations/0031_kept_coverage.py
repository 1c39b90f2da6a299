from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0030_kept_clients"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="coveragecheck",
            options={"ordering": ["-created_at"], "verbose_name": "check of the decision"},
        ),
    ]
