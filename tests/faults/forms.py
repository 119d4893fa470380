"""The fields of a form on a page, as a browser would send them back."""

from html.parser import HTMLParser

Field = tuple[str, str]


def read_form(page: str, identifier: str) -> list[Field]:
    """The fields of the form with this ``id``: names and values, in the order of the page."""
    reader = _FormReader(identifier)
    reader.feed(page)
    return reader.fields


def with_values(fields: list[Field], values: dict[str, str]) -> list[Field]:
    """The fields with other values."""
    return [(name, value) for name, value in fields if name not in values] + list(values.items())


class _FormReader(HTMLParser):
    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self._identifier = identifier
        self._inside = False
        self._select = self._textarea = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("id") == self._identifier
        elif not self._inside:
            return
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and "selected" in given and self._select:
            self.fields.append((self._select, given.get("value", "")))
        elif tag == "textarea":
            self._textarea, self._words = given.get("name", ""), []
        elif tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            if kind not in {"submit", "button", "file"} and (
                kind not in {"checkbox", "radio"} or "checked" in given
            ):
                self.fields.append((given["name"], given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._textarea:
            # A browser drops the line break that a page puts before the text.
            self.fields.append((self._textarea, "".join(self._words).removeprefix("\n")))
            self._textarea = ""
