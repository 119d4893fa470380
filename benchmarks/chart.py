"""The medians of a report as a chart (SVG) that can be read on a light and on a dark page."""

import math
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.questions import KINDS

# Told apart by place and shape too, not by colour alone.
_MARKS = {
    "mahdar": ("#c8102e", "circle"),
    "mahdar_cold": ("#c8102e", "ring"),
    "haystack": ("#8a6d3b", "square"),
    "whoosh": ("#b8860b", "diamond"),
    "fts5": ("#2c7fb8", "square"),
    "postgresql": ("#5b6fb5", "diamond"),
    "tantivy": ("#2e8b57", "triangle"),
    "lucene": ("#8e6bbf", "triangle"),
}
_LEFT, _RIGHT, _TOP, _ROW = 170, 40, 64, 30
_WIDTH = 860
_GREY = "#808080"
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#333}.small{font-size:11px}"
    "@media (prefers-color-scheme:dark){text{fill:#ddd}}"
)


def draw(report: dict[str, Any]) -> str:
    """Median CPU milliseconds of every class and engine on a logarithmic scale; no class, no row."""
    engines = {name: told["classes"] for name, told in report["engines"].items() if "classes" in told}
    kinds = [kind for kind in KINDS if any(kind in classes for classes in engines.values())]
    times = [told["cpu_ms_p50"] for classes in engines.values() for told in classes.values()]
    scale = _Scale([time for time in times if time > 0])
    height = _TOP + _ROW * len(kinds) + 44
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
        f"<title>{escape(_title(report))}</title>",
        f"<style>{_STYLE}</style>",
        *_legend(engines),
        *_grid(scale, height - 36),
    ]
    for row, kind in enumerate(kinds):
        middle = _TOP + _ROW * row + _ROW / 2
        lines.append(f'<text x="{_LEFT - 12}" y="{middle + 4:.0f}" text-anchor="end">{escape(kind)}</text>')
        # Ours is drawn last, over the others.
        for name, classes in reversed(engines.items()):
            if kind in classes:
                time = classes[kind]["cpu_ms_p50"]
                label = f"{name}, {kind}: {time:.2f} ms"
                lines.append(_mark(name, scale.place(time), middle, label))
    lines.append(f'<text class="small" x="{_LEFT}" y="{height - 4}">{escape(_title(report))}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


class _Scale:
    """Places of milliseconds between whole powers of ten."""

    def __init__(self, times: list[float]) -> None:
        self.first = math.floor(math.log10(min(times, default=1)))
        self.last = max(math.ceil(math.log10(max(times, default=1))), self.first + 1)

    def place(self, time: float) -> float:
        power = math.log10(time) if time > 0 else self.first
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (power - self.first) / (self.last - self.first)


def _title(report: dict[str, Any]) -> str:
    title = f"CPU time of a question, median, in ms (logarithmic), {report['docs']:,} articles"
    fewer = report["engines"].get("haystack", {}).get("index", {}).get("docs")
    return f"{title} (haystack: {fewer:,})" if fewer else title


def _legend(engines: dict[str, Any]) -> Iterator[str]:
    step = (_WIDTH - 20) / max(len(engines), 1)
    for place, name in enumerate(engines):
        left = 16 + place * step
        yield _mark(name, left, 20, name)
        yield f'<text class="small" x="{left + 10:.0f}" y="24">{escape(name)}</text>'


def _grid(scale: _Scale, bottom: float) -> Iterator[str]:
    for power in range(scale.first, scale.last + 1):
        left = scale.place(10**power)
        yield (
            f'<line x1="{left:.1f}" y1="{_TOP - 8}" x2="{left:.1f}" y2="{bottom}" stroke="{_GREY}"'
            ' stroke-opacity="0.35"/>'
        )
        yield f'<text class="small" x="{left:.1f}" y="{_TOP - 14}" text-anchor="middle">{10**power:g}</text>'


def _mark(name: str, x: float, y: float, label: str) -> str:
    colour, shape = _MARKS.get(name, (_GREY, "circle"))
    title = f"<title>{escape(label)}</title>"
    if shape in ("circle", "ring"):
        fill = f'fill="{colour}"' if shape == "circle" else f'fill="none" stroke="{colour}" stroke-width="2"'
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {fill}>{title}</circle>'
    corners = {
        "square": ((-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5)),
        "diamond": ((0, -6), (6, 0), (0, 6), (-6, 0)),
        "triangle": ((0, -6), (5.5, 4.5), (-5.5, 4.5)),
    }[shape]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}">{title}</polygon>'
