"""Stamps: when the names of the archive last changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_figure")]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=40, verbose_name="subject")),
                ("token", models.BigIntegerField(verbose_name="token")),
            ],
            options={"verbose_name": "stamp", "verbose_name_plural": "stamps"},
        ),
    ]
