"""Group quotations of several articles that report the same words."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_correction_quotation")]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="archive.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="archive.speaker",
                        verbose_name="speaker",
                    ),
                ),
            ],
            options={"verbose_name": "statement", "verbose_name_plural": "statements", "ordering": ["pk"]},
        ),
        migrations.AddField(
            model_name="quotation",
            name="statement",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="quotations",
                to="archive.statement",
                verbose_name="statement",
            ),
        ),
        migrations.AddField(
            model_name="quotation",
            name="alone",
            field=models.BooleanField(
                default=False,
                help_text="It is not the same statement as any other quotation.",
                verbose_name="stands alone",
            ),
        ),
    ]
