"""The two charts as Vega-Lite, made by Altair; words and rows are filled in by the page."""

from __future__ import annotations

from typing import Any

ROWS = "rows"
BAR, SERIES = 170, 220


def timeline_chart() -> dict[str, Any]:
    """Articles by the date of their publication, stacked by language."""
    import altair

    chart = (
        altair.Chart(altair.NamedData(name=ROWS), width="container", height=BAR)
        .mark_rect()
        .encode(
            x=altair.X("start:T", title=None, scale=altair.Scale(type="utc")),
            x2="end:T",
            y=altair.Y("low:Q", title=None, axis=altair.Axis(tickMinStep=1, format="d")),
            y2="high:Q",
            color=altair.Color("lang:N", title=None, legend=altair.Legend(orient="top")),
            tooltip=[altair.Tooltip(f"{name}:N") for name in ("day", "lang", "count")],
        )
    )
    return _spec(chart)


def series_chart() -> dict[str, Any]:
    """What was stated of one quantity, by the day that it is the state of."""
    import altair

    rows = altair.Chart(altair.NamedData(name=ROWS), width="container", height=SERIES)
    axis = altair.Axis(format="%Y-%m-%d", labelOverlap=True)
    day = altair.X("day:T", title=None, scale=altair.Scale(type="utc"), axis=axis)
    amount = altair.Y("value:Q", title=None, axis=altair.Axis(tickCount=5))
    line = (
        rows.transform_filter("datum.key === 'cumulative'")
        .mark_line(interpolate="step-after", strokeWidth=1.5, opacity=0.6)
        .encode(x=day, y=amount)
    )
    bars = rows.mark_rule(strokeWidth=2).encode(x=day, y=amount, y2="max:Q")
    points = rows.mark_point(size=90, filled=True, opacity=1).encode(
        x=day,
        y=amount,
        color=altair.Color("label:N", title=None, legend=altair.Legend(orient="top")),
        shape=altair.Shape("label:N", title=None, legend=altair.Legend(orient="top")),
        tooltip=[altair.Tooltip(f"{name}:N") for name in ("date", "said", "label")],
    )
    return _spec(altair.layer(line, bars, points))


def _spec(chart: Any) -> dict[str, Any]:
    """Without Altair's own look, and with no address in it: the page fetches nothing."""
    spec: dict[str, Any] = chart.to_dict()
    for key in ("$schema", "config", "datasets"):
        spec.pop(key, None)
    return spec
