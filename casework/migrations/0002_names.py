"""Names get the key by which they stand in order, and the one by which they are found."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tenants.derived


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    tenants.derived.fill(apps.get_model("casework", "Client"))


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("accounts", "0002_names")]

    operations = [
        migrations.AlterModelOptions(name="client", options={"ordering": ["sort_key", "created_at"]}),
        migrations.RemoveIndex(model_name="client", name="casework_cl_last_na_dbb7f8_idx"),
        migrations.AddField(
            model_name="client",
            name="search_key",
            field=tenants.derived.SearchKeyField(
                db_collation="C", default="", editable=False, of=["first_name", "last_name"]
            ),
        ),
        migrations.AddField(
            model_name="client",
            name="sort_key",
            field=tenants.derived.SortKeyField(
                db_collation="C", default="", editable=False, of=["last_name", "first_name"]
            ),
        ),
        migrations.AddIndex(model_name="client", index=models.Index(fields=["sort_key"], name="client_in_order")),
        migrations.AddIndex(
            model_name="client", index=models.Index(fields=["search_key"], name="client_by_search_key")
        ),
        migrations.AlterModelOptions(
            name="caseparticipant", options={"ordering": ["user__sort_key", "since", "created_at"]}
        ),
        migrations.AlterModelOptions(name="meetingparticipant", options={"ordering": ["user__sort_key", "created_at"]}),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
