"""Reports: scores, errors, breaches and changes as tables, and scores as plain JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from extractor.evaluate.diff import Change
from extractor.evaluate.errors import Difference, Error
from extractor.evaluate.gate import Breach
from extractor.evaluate.reliability import Bin
from extractor.evaluate.score import MAIN_METRIC, Scores

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDTH = 200
SECTIONS = {
    "Figures": ("figures_found", "figures_found_max", "figures_kind", "figures_full"),
    "Links": ("links_of", "links_same_as"),
    "Events": ("events_exact", "events_slots"),
    "Slots": (
        "slots_figures",
        "slots_aid",
        "slots_campaign",
        "slots_providers",
        "slots_providers_overlap",
        "slots_locations",
        "slots_places",
        "slots_period",
    ),
}


def scores_to_dict(scores: Scores) -> dict[str, object]:
    """«scores» → plain values for JSON: the score, then every metric by group."""
    return {
        "score": {"metric": MAIN_METRIC, "language": scores.worst(), "value": scores.score},
        "digest": scores.digest,
        "missing": list(scores.missing),
        "unscored": list(scores.unscored),
        "groups": {
            name: {
                "articles": counts.articles,
                "noaid_articles": counts.noaid_articles,
                "noaid_spurious": counts.noaid_spurious,
                **counts.metrics(),
            }
            for name, counts in scores.groups.items()
        },
    }


def print_scores(scores: Scores, console: Console) -> None:
    """«scores» → the tables: P/R/F1 by group, agreement, and the worst language."""
    for title, names in SECTIONS.items():
        print_table(tally_table(scores, title, names), console)
    print_table(agreement_table(scores), console)
    print_table(article_table(scores), console)
    print_gaps(scores, console)
    worst = scores.worst()
    console.print(f"The score is {scores.score:.3f}: {MAIN_METRIC} in the worst language, {worst}.")


def print_table(table: Table, console: Console) -> None:
    """«table» → whole, in a log of 80 columns too: a cut number is no number."""
    from rich.measure import Measurement

    table.width = Measurement.get(console, console.options.update(width=WIDTH), table).maximum
    console.print(table, crop=False)


def print_reliability(bins: Iterable[Bin], console: Console) -> None:
    """«bins» → how often what is said with so much confidence is in gold."""
    rows = list(bins)
    if not rows:
        return
    table = start_table(
        "Reliability: of what has that confidence, so many percent are in gold",
        ("confidence", "count", "mean", "in gold"),
    )
    for row in rows:
        span = f"{row.low:.2f}-{min(row.high, 1.0):.2f}"
        shares = (f"{100 * row.confidence:.1f}", f"{100 * row.right:.1f}")
        table.add_row(row.sort, span, str(row.count), *shares)
    print_table(table, console)


def print_gaps(scores: Scores, console: Console) -> None:
    if scores.missing:
        console.print(
            f"No record (all missed): {', '.join(scores.missing)}", markup=False, soft_wrap=True
        )
    if scores.unscored:
        console.print(
            f"No gold (not scored): {len(scores.unscored)} records", markup=False, soft_wrap=True
        )


def tally_table(scores: Scores, title: str, names: Sequence[str]) -> Table:
    """«Figures» → a row for each measure, P R F1 in percent for each group, the worst language."""
    metrics = {group: counts.metrics() for group, counts in scores.groups.items()}
    table = start_table(f"{title}, P R F1 in percent", [*metrics, "worst"])
    for name in names:
        cells = [show_tally(values, name) for values in metrics.values()]
        table.add_row(name.split("_", 1)[1], *cells, scores.worst(f"{name}_f1"))
    return table


def show_tally(metrics: Mapping[str, float], name: str) -> str:
    """«figures_found» → " 92  88  89.9"."""
    parts = (100 * metrics[f"{name}_{part}"] for part in ("precision", "recall", "f1"))
    return "{:3.0f} {:3.0f} {:5.1f}".format(*parts)


def agreement_table(scores: Scores) -> Table:
    metrics = {group: counts.metrics() for group, counts in scores.groups.items()}
    table = start_table("Agreement over found figures, in percent", [*metrics, "worst"])
    for name in next(iter(metrics.values())):
        if name.startswith("agreement_"):
            cells = [f"{100 * values[name]:.1f}" for values in metrics.values()]
            table.add_row(name.removeprefix("agreement_"), *cells, scores.worst(name))
    return table


def article_table(scores: Scores) -> Table:
    table = start_table("Articles", list(scores.groups))
    for name in ("articles", "noaid_articles", "noaid_spurious"):
        table.add_row(name, *(str(getattr(counts, name)) for counts in scores.groups.values()))
    return table


def start_table(title: str, columns: Iterable[str]) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=SIMPLE, pad_edge=False)
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def print_errors(errors: Iterable[Error], console: Console) -> None:
    """«errors» → a paragraph each: where, what, and the words around it."""
    for error in errors:
        head = f"{error.article} {error.subject} {error.fault}: {error.quote}"
        print_item(console, head, error.differences)
        if error.context:
            console.print(f"    {error.context}", markup=False, highlight=False, soft_wrap=True)


def print_changes(changes: Iterable[Change], console: Console) -> None:
    """«changes» → a line each, with the fields that moved and what gold makes of it."""
    for change in changes:
        verdict = "" if change.judgement is None else f" [{change.judgement}]"
        head = f"{change.article} {change.subject} {change.move}{verdict}: {change.quote}"
        print_item(console, head, change.differences)


def print_item(console: Console, head: str, differences: Iterable[Difference]) -> None:
    console.print(head, markup=False, highlight=False, soft_wrap=True)
    for difference in differences:
        line = f"    {difference.field}: {difference.left} → {difference.right}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def print_breaches(breaches: Iterable[Breach], console: Console) -> None:
    for breach in breaches:
        console.print(str(breach), markup=False, highlight=False, soft_wrap=True)
