"""Cluster scores as a table, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from extractor.evaluate.clusters import ClusterScores
from extractor.evaluate.partitions import Rates
from extractor.evaluate.relations import RELATIONS
from extractor.evaluate.report import print_table, start_table

if TYPE_CHECKING:
    from rich.console import Console

MEASURES = ("b_cubed", "pairwise", "ceaf_e")


def clusters_to_dict(modes: Mapping[str, ClusterScores]) -> dict[str, object]:
    """«{"gold records": …}» → plain values for JSON."""
    return {mode: scores_to_dict(scores) for mode, scores in modes.items()}


def scores_to_dict(scores: ClusterScores) -> dict[str, object]:
    labels, parts = scores.labels, scores.parts
    return {
        "mentions": scores.mentions,
        "actions": scores.actions,
        "events": scores.events,
        **{name: rates_to_dict(getattr(scores, name)) for name in MEASURES},
        "labels": {
            "accuracy": labels.accuracy,
            "right": labels.right,
            "gold": labels.gold,
            "missing": labels.missing,
            "spurious": labels.spurious,
            "confused": {f"{gold} as {label}": n for (gold, label), n in labels.confused.items()},
        },
        "parts": None
        if parts is None
        else {
            "merged": dict(parts.merged),
            "accuracy": parts.accuracy,
            "right": parts.right,
            "asked": parts.asked,
            "links_precision": parts.links.precision,
            "links_recall": parts.links.recall,
            "links_f1": parts.links.f1,
        },
    }


def rates_to_dict(rates: Rates) -> dict[str, float]:
    return {"precision": rates.precision, "recall": rates.recall, "f1": rates.f1}


def print_clusters(modes: Mapping[str, ClusterScores], console: Console) -> None:
    """«{"gold records": …, "end to end": …}» → a column each, P R F1 in percent."""
    if not modes:
        return
    rows = {mode: dict(table_cells(scores)) for mode, scores in modes.items()}
    table = start_table("Canonical events: one action, many reports, P R F1 in percent", modes)
    for name in next(iter(rows.values())):
        table.add_row(name, *(cells[name] for cells in rows.values()))
    print_table(table, console)


def table_cells(scores: ClusterScores) -> list[tuple[str, str]]:
    labels, parts = scores.labels, scores.parts
    cells = [
        ("mentions, actions", f"{scores.mentions}, {scores.actions}"),
        ("canonical events", str(scores.events)),
        *((name, show_rates(getattr(scores, name))) for name in MEASURES),
        ("series labels", f"{labels.right} of {labels.gold} = {100 * labels.accuracy:.1f}"),
        ("no label, label too many", f"{labels.missing}, {labels.spurious}"),
    ]
    if parts is None:
        return [*cells, ("part of", "no file says it")]
    merged = ", ".join(f"{parts.merged.get(name, 0)} {name}" for name in RELATIONS)
    return [
        *cells,
        ("pairs merged across", merged),
        ("part of", f"{parts.right} of {parts.asked} = {100 * parts.accuracy:.1f}"),
        ("part of, links", f"{parts.links.hits} right of {parts.links.gold}"),
    ]


def show_rates(rates: Rates) -> str:
    values = (100 * rates.precision, 100 * rates.recall, 100 * rates.f1)
    return "{:3.0f} {:3.0f} {:5.1f}".format(*values)
