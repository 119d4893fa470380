"""Index events: what was done with the indexes and what went wrong."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IndexEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("drained", "changes written"),
                            ("started", "rebuild started"),
                            ("rebuilt", "rebuilt"),
                            ("failed", "failed"),
                            ("damaged", "damaged"),
                        ],
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="happened")),
                ("detail", models.TextField(blank=True, verbose_name="detail")),
            ],
            options={
                "verbose_name": "index event",
                "verbose_name_plural": "search index",
                "ordering": ["-id"],
            },
        ),
    ]
