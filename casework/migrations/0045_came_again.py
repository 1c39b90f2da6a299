from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0044_last_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="came_again_on",
            field=models.DateField(blank=True, null=True, verbose_name="came again on"),
        ),
    ]
