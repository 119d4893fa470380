"""Lists of words kept as JSON, written by curators one a line."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class LinesField(forms.CharField):
    """A list of strings as the lines of a text box; blank lines and repetitions are dropped."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60, "dir": "auto"})

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(map(str, value or []))

    def to_python(self, value: str | Iterable[str] | None) -> list[str]:
        lines = value.splitlines() if isinstance(value, str) else value or []
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)

    def run_validators(self, value: list[str]) -> None:
        for line in value:
            super().run_validators(line)


class LinesAdmin:
    """For a ModelAdmin: the JSON columns in ``line_fields`` are edited as lines."""

    line_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in self.line_fields:
            return LinesField(
                label=db_field.verbose_name, required=not db_field.blank, help_text=_("One a line.")
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)
