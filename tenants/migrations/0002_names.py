"""Names get the key by which they stand in order."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tenants.derived


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    tenants.derived.fill(apps.get_model("tenants", "Municipality"))


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="municipality", options={"ordering": ["sort_key", "name"]}),
        migrations.AddField(
            model_name="municipality",
            name="sort_key",
            field=tenants.derived.SortKeyField(db_collation="C", default="", editable=False, of=["name"]),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
