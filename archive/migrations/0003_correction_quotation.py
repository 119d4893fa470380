"""Tie a correction to the quotation it was made on, and record what a re-extraction changed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_other_spellings")]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="quotation",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="corrections",
                to="archive.quotation",
                verbose_name="quotation",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="kind",
            field=models.CharField(
                choices=[("import", "import"), ("reextract", "re-extraction")],
                default="import",
                max_length=9,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="importedfile",
            name="status",
            field=models.CharField(
                choices=[
                    ("created", "new article"),
                    ("revised", "new revision"),
                    ("unchanged", "unchanged"),
                    ("copy", "copy of another file"),
                    ("reread", "extracted anew"),
                    ("failed", "failed"),
                ],
                max_length=9,
                verbose_name="status",
            ),
        ),
    ]
