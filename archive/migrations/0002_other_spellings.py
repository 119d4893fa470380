"""Add the lexicon's category of other spellings; call indirect quotations paraphrased."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]

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
                ],
                max_length=12,
                verbose_name="category",
            ),
        ),
        migrations.AlterField(
            model_name="quotation",
            name="kind",
            field=models.CharField(
                choices=[("direct", "verbatim"), ("indirect", "paraphrased")],
                max_length=8,
                verbose_name="kind",
            ),
        ),
    ]
