"""Names get the key by which they stand in order."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tenants.derived


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    tenants.derived.fill(apps.get_model("accounts", "User"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="user", options={"ordering": ["sort_key", "name"]}),
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=tenants.derived.SortKeyField(db_collation="C", default="", editable=False, of=["name"]),
        ),
        migrations.AddIndex(model_name="user", index=models.Index(fields=["sort_key"], name="user_in_order")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
