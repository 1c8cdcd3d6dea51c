"""What a service is, as plain frozen values: who may have it and how much, papers, steps, clocks, who says so."""

from baiying.engine.services.service import (
    ASK_KINDS,
    FOLDERS,
    KINDS,
    SITUATIONS,
    SOURCE_GRADES,
    UNSURE,
    Actor,
    Basis,
    Clock,
    Figure,
    Guard,
    Paper,
    Service,
    StepOf,
    Terms,
)

__all__ = [
    "ASK_KINDS",
    "FOLDERS",
    "KINDS",
    "SITUATIONS",
    "SOURCE_GRADES",
    "UNSURE",
    "Actor",
    "Basis",
    "Clock",
    "Figure",
    "Guard",
    "Paper",
    "Service",
    "StepOf",
    "Terms",
]
