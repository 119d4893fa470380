"""Import runs: what every file became, and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One call of the importer, or of the extractor on stored texts (which names no paths)."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("import")
        REEXTRACTION = "reextract", _("re-extraction")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.IMPORT)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    paths = models.JSONField(_("paths"), default=list)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class ImportedFile(models.Model):
    """What one file became. ``report`` holds every guessed field with its span and every dropped line.

    A re-extraction leaves a row for each article that it changed, with the file that the text is from.
    """

    class Status(models.TextChoices):
        CREATED = "created", _("new article")
        REVISED = "revised", _("new revision")
        UNCHANGED = "unchanged", _("unchanged")
        COPY = "copy", _("copy of another file")
        REREAD = "reread", _("extracted anew")
        FAILED = "failed", _("failed")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files", verbose_name=_("import run"))
    path = models.CharField(_("path"), max_length=1000)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    status = models.CharField(_("status"), max_length=9, choices=Status)
    article = models.ForeignKey(
        "archive.Article",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("article"),
    )
    code = models.CharField(_("problem"), max_length=40, blank=True)
    details = models.JSONField(default=dict, blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["run", "pk"]
        indexes = [models.Index(fields=["path"], name="imported_file_path")]

    def __str__(self) -> str:
        return self.path
