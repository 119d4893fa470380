"""Share images, drawn once for a content and kept in the media folder."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from archive.share_cards import Card, default_layout, draw_card

# Raise it when the drawing changes, so that kept images of the old drawing are not served.
DRAWING = 1


def stored_card(card: Card) -> bytes:
    """The PNG of a share image, from the media folder when the same was drawn before."""
    path = card_path(card)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    image = draw_card(card)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and moved into place: another request never reads half an image.
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(image)
    Path(name).replace(path)
    return image


def card_path(card: Card) -> Path:
    """The file that a card is kept in, named after everything that it shows."""
    digest = hashlib.sha256(f"{DRAWING} {default_layout()} {card!r}".encode()).hexdigest()
    return Path(settings.MEDIA_ROOT) / "cards" / f"{digest[:32]}.png"
