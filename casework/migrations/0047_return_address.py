import tenants.encryption
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0046_appeal_letter"),
    ]

    operations = [
        migrations.AddField(
            model_name="statementrequest",
            name="return_to",
            field=tenants.encryption.EncryptedTextField(blank=True, null=True, verbose_name="return address"),
        ),
    ]
