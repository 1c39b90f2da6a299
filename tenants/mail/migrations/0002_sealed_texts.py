"""What mails say is sealed: the open columns are copied into sealed ones and dropped."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tenants.encryption

BATCH = 500


def seal(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for mail in apps.get_model("mail", "OutgoingEmail")._default_manager.iterator(chunk_size=BATCH):
        mail.text, mail.html = mail.open_text, mail.open_html
        mail.save(update_fields=["text", "html"])


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial"), ("keys", "0002_search_key")]

    operations = [
        migrations.RenameField("outgoingemail", "text", "open_text"),
        migrations.RenameField("outgoingemail", "html", "open_html"),
        migrations.AddField("outgoingemail", "text", tenants.encryption.EncryptedTextField(blank=True)),
        migrations.AddField("outgoingemail", "html", tenants.encryption.EncryptedTextField(blank=True)),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("outgoingemail", "open_text"),
        migrations.RemoveField("outgoingemail", "open_html"),
        migrations.AddField("outgoingemail", "emptied_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "outgoingemail",
            models.Index(fields=["due_at"], name="mail_not_emptied", condition=models.Q(emptied_at=None)),
        ),
    ]
