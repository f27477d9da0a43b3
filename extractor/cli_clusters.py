"""Canonical events against the clusters of gold: of gold records, and from the texts on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from extractor.cli_errors import say
from extractor.evaluate.clusters import (
    ClusterScores,
    aligned_names,
    has_clusters,
    own_names,
    score_clusters,
)
from extractor.evaluate.gold import GoldArticle
from extractor.evaluate.gold_records import gold_as_record
from extractor.evaluate.relations import read_clusters
from extractor.records import ArticleRecord
from extractor.resolve import resolve


def score_resolution(
    gold: Sequence[GoldArticle], records: Sequence[ArticleRecord], paths: Sequence[Path]
) -> Mapping[str, ClusterScores]:
    """Scores by mode; none where no event of the gold names its action."""
    if not has_clusters(gold):
        return {}
    clusters = read_clusters(*paths)
    if clusters is None:
        say("no .clusters.json beside the gold: wholes and parts are not scored")
    # A record leaves its text out where that is the input; reprints are known by it.
    texts = {article.id: article.text for article in gold}
    full = [record.model_copy(update={"text": texts[record.id]}) for record in records]
    return {
        "gold records": score_clusters(
            gold, resolve(map(gold_as_record, gold)), own_names(gold), clusters=clusters
        ),
        "end to end": score_clusters(
            gold, resolve(full), aligned_names(gold, records), clusters=clusters
        ),
    }
