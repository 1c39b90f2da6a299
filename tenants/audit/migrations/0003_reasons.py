"""An index of the entries that have a reason: the door to a case asks for them with every look at a colleague's case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_access")]

    operations = [
        migrations.AddIndex(
            model_name="accessentry",
            index=models.Index(condition=~models.Q(reason=""), fields=["actor", "at"], name="access_reasons"),
        )
    ]
