"""Of pay subsidy: the employer who applies, sealed."""

from django.db import migrations

import tenants.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0042_interpreter_asked"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="employer",
            field=tenants.encryption.EncryptedTextField(
                blank=True, default="", null=True, verbose_name="employer, who applies"
            ),
        ),
    ]
