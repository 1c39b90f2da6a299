"""A key of its own for the hashes by which sealed values are found, also where the other keys are there already."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PURPOSES = [("data", "Data"), ("index", "Index"), ("search", "Search")]


def make_key(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The template has no keys, and a municipality gets its own when it is made."""
    from tenants.keys import ring
    from tenants.keys.models import DataKey

    keys = apps.get_model("keys", "DataKey")
    if keys._default_manager.exists():
        ring.create_hash_key(keys, DataKey.Purpose.SEARCH)


class Migration(migrations.Migration):
    dependencies = [("keys", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="datakey", name="purpose", field=models.CharField(choices=PURPOSES, max_length=6)
        ),
        migrations.RunPython(make_key, migrations.RunPython.noop),
    ]
