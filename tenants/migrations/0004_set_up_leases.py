from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0003_rounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="lease_until",
            field=models.DateTimeField(null=True),
        ),
    ]
