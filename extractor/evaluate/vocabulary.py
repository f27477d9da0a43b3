"""The values that gold may hold, as the annotation guidelines list them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from extractor.types import Bound, Kind, Lang, Scope, Script, Status

if TYPE_CHECKING:
    from extractor.records import Label

LANGS: tuple[Lang, ...] = get_args(Lang)
SCRIPTS: tuple[Script, ...] = get_args(Script)
BOUNDS: tuple[Bound, ...] = get_args(Bound)
KINDS: tuple[Kind, ...] = get_args(Kind)
SCOPES: tuple[Scope, ...] = get_args(Scope)
STATUSES: tuple[Status, ...] = get_args(Status)
# Not read off the model, which is heavy to import; a test holds the two together.
LABELS: tuple[Label, ...] = ("cumulative", "increment", "restatement", "plan")

CURRENCY = re.compile(r"[A-Z]{3}")
LOCATION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


def names(listing: str) -> frozenset[str]:
    """«"food hygiene"» → {food, hygiene}."""
    return frozenset(listing.split())


UNITS = names(
    """family person institution settlement piece kit tonne kilogram litre vehicle flight head
    house meal team organisation site region request percent"""
)
ITEMS = names(
    """mask antiseptic gloves protective_suit medicine medical_equipment ventilator test_kit
    food_basket food flour water hot_meal bread meat hygiene_kit clothing bedding bed tent heater
    coal fuel fodder livestock building_material house household_appliance furniture computer
    tablet school_supplies toy boat pump sandbag machinery humanitarian_cargo certificate other"""
)
CATEGORIES = names(
    """low_income large_family pensioner elderly person_with_disability child
    child_with_disability orphan student veteran single_parent unemployed homeless refugee evacuee
    disaster_affected medical_worker police worker farmer entrepreneur vulnerable"""
)
AID = names(
    """cash food hygiene protective_equipment medical shelter non_food_items fuel fodder livestock
    housing transport education services rescue_equipment humanitarian_cargo"""
)


def is_unit(name: str) -> bool:
    """«KZT», «family»: a count unit, ``MCI`` or a currency code."""
    return name in UNITS or CURRENCY.fullmatch(name) is not None


def is_location(code: str) -> bool:
    """«KZ-71», «UA»: the shape of an ISO 3166 code."""
    return LOCATION.fullmatch(code) is not None
