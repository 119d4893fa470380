"""How many things wait for a curator, as links to the lists of them."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models import Article, Correction, Quotation, Speaker

register = template.Library()


@register.inclusion_tag("admin/archive/review_counts.html", takes_context=True)
def review_counts(context: Context, here: str = "") -> dict[str, Any]:
    """The lists that the user may work on, with their counts; ``here`` names the one that is shown."""
    user = context["request"].user
    waiting = {
        "quotation": (_("Quotations to review"), Quotation.objects.to_review()),
        "article": (_("Articles to review"), Article.objects.filter(needs_review=True)),
        "speaker": (_("New speakers"), Speaker.objects.to_review()),
    }
    lists = [
        {
            "label": label,
            "count": rows.count(),
            "url": reverse(f"admin:archive_{name}_review"),
            "here": name == here,
        }
        for name, (label, rows) in waiting.items()
        if user.has_perm(f"archive.change_{name}")
    ]
    if user.has_perm("archive.view_correction"):
        conflicts = Correction.objects.filter(status=Correction.Status.CONFLICT)
        url = reverse("admin:archive_correction_changelist", query={"status__exact": "conflict"})
        lists.append(
            {"label": _("Corrections in conflict"), "count": conflicts.count(), "url": url, "here": False}
        )
    return {"lists": lists}
