import django.db.models.deletion
import tenants.encryption
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0039_contact_of_the_estate"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits to be read"),
                            ("read", "Read by machine"),
                            ("unreadable", "Could not be read"),
                            ("not_the_clients", "Not read: perhaps not this client's"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("locked", "The file opens with a password only. Save it without one and add it again."),
                            ("damaged", "The file is damaged, or of a kind that the machine cannot read."),
                            ("only_pictures", "The file is a picture, and pictures cannot be read here."),
                            ("empty", "There is no text in the file."),
                            ("too_much", "Reading the file took too long or needed too much memory."),
                            (
                                "missing",
                                "The file is missing in the archive. Tell support, and add it again if you have it.",
                            ),
                            ("other_kind", "Files of this kind are not read. Save it as PDF and add that."),
                        ],
                        max_length=20,
                    ),
                ),
                ("tried_at", models.DateTimeField()),
                ("pages", models.PositiveIntegerField(default=0)),
                ("read_pages", models.PositiveIntegerField(default=0)),
                ("unread_pages", models.PositiveIntegerField(default=0)),
                ("client_version", models.PositiveIntegerField(default=0)),
                ("content", tenants.encryption.EncryptedTextField(blank=True)),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letter", to="casework.document"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterSearch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("illness_version", models.PositiveIntegerField()),
                ("places", tenants.encryption.EncryptedTextField(blank=True)),
                (
                    "illness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="casework.illness"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="searches", to="casework.letter"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("state", "unreadable")), models.Q(("why", ""), _negated=True)),
                    models.Q(models.Q(("state", "unreadable"), _negated=True), models.Q(("why", ""))),
                    _connector="OR",
                ),
                name="letter_unreadable_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettersearch",
            constraint=models.UniqueConstraint(fields=("letter", "illness"), name="letter_searched_once_for_illness"),
        ),
    ]
