"""Keep the figures of an article, and the nouns that figures count."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0004_statement")]

    operations = [
        migrations.AlterField(
            model_name="lexiconentry",
            name="category",
            field=models.CharField(
                choices=[
                    ("verb", "reporting verb"),
                    ("furniture", "page furniture"),
                    ("group", "group that speaks"),
                    ("title", "word of a title"),
                    ("honorific", "honorific"),
                    ("not_country", "word that looks like a country"),
                    ("organisation", "organisation"),
                    ("stop_word", "stop word"),
                    ("month", "month"),
                    ("weekday", "weekday"),
                    ("cue", "phrase that names a source"),
                    ("alias", "other spelling in searches"),
                    ("counted", "counted noun"),
                ],
                max_length=12,
                verbose_name="category",
            ),
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(editable=False, verbose_name="text")),
                ("start", models.PositiveIntegerField(verbose_name="start")),
                ("end", models.PositiveIntegerField(verbose_name="end")),
                ("value", models.DecimalField(decimal_places=3, max_digits=20, verbose_name="value")),
                (
                    "high",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=20, null=True, verbose_name="highest value"
                    ),
                ),
                (
                    "bound",
                    models.CharField(
                        choices=[
                            ("exact", "as stated"),
                            ("about", "about"),
                            ("over", "more than"),
                            ("under", "less than"),
                            ("range", "from … to …"),
                        ],
                        default="exact",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                ("unit", models.CharField(max_length=120, verbose_name="what is counted")),
                ("counted", models.CharField(db_index=True, editable=False, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("money", "money"),
                            ("share", "share"),
                            ("people", "people"),
                            ("places", "places"),
                            ("bodies", "organisations"),
                            ("events", "events"),
                            ("things", "things"),
                            ("measure", "measure"),
                            ("time", "time"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="archive.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "quotation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="figures",
                        to="archive.quotation",
                        verbose_name="quotation",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["article", "start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="figure_not_empty"
                    ),
                    models.UniqueConstraint(fields=("article", "start", "end"), name="figure_once"),
                ],
            },
        ),
    ]
