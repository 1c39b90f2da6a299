"""Phones and the people of the network are found by keyed hashes of their parts, though they are sealed."""

import django.contrib.postgres.indexes
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tenants.derived


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Client", "NetworkPerson"):
        tenants.derived.fill(apps.get_model("casework", name))


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_one_name"),
        ("keys", "0002_search_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="client",
            name="phone_hashes",
            field=tenants.derived.PhoneHashesField(
                base_field=models.BinaryField(), default=list, editable=False, of=["phone"]
            ),
        ),
        migrations.AddField(
            model_name="networkperson",
            name="name_hashes",
            field=tenants.derived.NameHashesField(
                base_field=models.BinaryField(), default=list, editable=False, of=["name"]
            ),
        ),
        migrations.AddField(
            model_name="networkperson",
            name="phone_hashes",
            field=tenants.derived.PhoneHashesField(
                base_field=models.BinaryField(), default=list, editable=False, of=["phone"]
            ),
        ),
        migrations.AddIndex(
            model_name="client",
            index=django.contrib.postgres.indexes.GinIndex(fields=["phone_hashes"], name="client_by_phone"),
        ),
        migrations.AddIndex(
            model_name="networkperson",
            index=django.contrib.postgres.indexes.GinIndex(fields=["name_hashes"], name="network_by_name"),
        ),
        migrations.AddIndex(
            model_name="networkperson",
            index=django.contrib.postgres.indexes.GinIndex(fields=["phone_hashes"], name="network_by_phone"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
