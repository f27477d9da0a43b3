"""The closed vocabularies of the annotation guidelines, in their order, for the schemas.

To Python each of these is a plain string; on paper it is an ``enum``.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import WithJsonSchema


def words(listing: str) -> tuple[str, ...]:
    """«"cash food"» → ("cash", "food")."""
    return tuple(listing.split())


UNITS: Final = words(
    """family person institution settlement piece kit tonne kilogram litre vehicle flight head
    house meal team organisation site region request percent"""
)
ITEMS: Final = words(
    """mask antiseptic gloves protective_suit medicine medical_equipment ventilator test_kit
    food_basket food flour water hot_meal bread meat hygiene_kit clothing bedding bed tent heater
    coal fuel fodder livestock building_material house household_appliance furniture computer
    tablet school_supplies toy boat pump sandbag machinery humanitarian_cargo certificate other"""
)
CATEGORIES: Final = words(
    """low_income large_family pensioner elderly person_with_disability child
    child_with_disability orphan student veteran single_parent unemployed homeless refugee evacuee
    disaster_affected medical_worker police worker farmer entrepreneur vulnerable"""
)
AID: Final = words(
    """cash food hygiene protective_equipment medical shelter non_food_items fuel fodder livestock
    housing transport education services rescue_equipment humanitarian_cargo"""
)

Unit = Annotated[
    str,
    WithJsonSchema(
        {"type": "string", "anyOf": [{"enum": list(UNITS)}, {"pattern": "^[A-Z]{3}$"}]},
    ),
]
Item = Annotated[str, WithJsonSchema({"type": "string", "enum": list(ITEMS)})]
Category = Annotated[str, WithJsonSchema({"type": "string", "enum": list(CATEGORIES)})]
Aid = Annotated[str, WithJsonSchema({"type": "string", "enum": list(AID)})]
Location = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"})
]
