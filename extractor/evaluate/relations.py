"""Relations: which action in the world is part of which, as ``dev.clusters.json`` says.

The file stands beside the folder that it is about: ``clusters/dev.clusters.json`` beside
``clusters/dev``. It names every action of the folder's events, and those they are part of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from extractor.evaluate import vocabulary
from extractor.evaluate.gold import CLUSTERS_SUFFIX, Row, parse_row

Relation = Literal["region", "wave", "share"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
FIELDS = vocabulary.names("part_of relation note")


@dataclass(frozen=True, slots=True)
class GoldCluster:
    """An action in the world, and as what it is part of another."""

    slug: str
    part_of: str | None
    relation: Relation | None


Clusters = Mapping[str, GoldCluster]


def read_clusters(*golds: Path) -> Clusters | None:
    """«corpora/clusters/dev» → the actions of the file beside it; None where a file is missing.

    Raises:
        GoldError: the file is no such listing; the message names file and field.
    """
    places = [gold.resolve() for gold in golds]
    paths = [place.with_name(place.stem + CLUSTERS_SUFFIX) for place in places]
    if not all(path.is_file() for path in paths):
        return None
    return {cluster.slug: cluster for path in paths for cluster in read_file(path)}


def read_file(path: Path) -> Iterator[GoldCluster]:
    listing = parse_row(path, path.read_bytes())
    for slug, fields in listing.fields.items():
        if not isinstance(fields, dict):
            raise listing.fault(slug, f"expected an object, found {fields!r}")
        cluster = build_cluster(slug, Row(path, slug, fields))
        if cluster.part_of is not None and cluster.part_of not in listing.fields:
            raise listing.fault(slug, f"part of {cluster.part_of!r}, which is not listed")
        yield cluster


def build_cluster(slug: str, row: Row) -> GoldCluster:
    row.only(FIELDS)
    part_of = row.maybe_text("part_of")
    relation = row.maybe_choice("relation", RELATIONS)
    if (part_of is None) != (relation is None):
        raise row.fault("relation", "part_of and relation are said together or not at all")
    return GoldCluster(slug, part_of, relation)


def parted_by(left: str, right: str, clusters: Clusters) -> Relation | None:
    """«two waves of a campaign» → wave; a region and its country → region; strangers → None.

    Of two parts that are unlike, a wave and a region of one campaign, the left one's
    relation is said.
    """
    ours, theirs = line_of(left, clusters), line_of(right, clusters)
    if left == right or ours[-1] != theirs[-1]:
        return None
    below = [slug for slug in ours if slug not in theirs] or [
        slug for slug in theirs if slug not in ours
    ]
    return clusters[below[-1]].relation


def line_of(slug: str, clusters: Clusters) -> tuple[str, ...]:
    """«a region's first wave» → itself, the wave, the campaign."""
    line = [slug]
    while (cluster := clusters.get(line[-1])) is not None and cluster.part_of is not None:
        if cluster.part_of in line:
            break
        line.append(cluster.part_of)
    return tuple(line)
