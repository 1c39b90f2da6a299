from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0035_self_correction"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="usual_checked_on",
            field=models.DateField(blank=True, null=True, verbose_name="checked on"),
        ),
        migrations.AddField(
            model_name="application",
            name="usual_confidence",
            field=models.CharField(blank=True, db_default="", default="", max_length=5, verbose_name="confidence"),
        ),
        migrations.AddField(
            model_name="application",
            name="usual_source",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="source of the usual time"
            ),
        ),
    ]
