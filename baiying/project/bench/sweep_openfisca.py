"""Runs in the environment of OpenFisca: reads columns and formulas from a folder, writes answers and figures there.

    python sweep_openfisca.py FOLDER FORMULAS RULES REPEATS

It imports nothing of ours. Inputs are set before the clock starts; the clock stops when every rule was calculated.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

PERIOD = "2026-12"
EPOCH = 719163  # the ordinal of 1970-01-01


def main(folder: Path, formulas: Path, rules: int, repeats: int) -> None:
    """Calculate all rules so often, each time in a fresh simulation."""
    from openfisca_core.simulation_builder import SimulationBuilder  # type: ignore[import-not-found]
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-not-found]

    module = _loaded(formulas)
    system = TaxBenefitSystem([module.Person])
    system.add_variables(*(one for one in vars(module).values() if _is_variable(one, module)))
    inputs = {path.stem: np.load(path) for path in folder.glob("*.npy")}
    people = len(next(iter(inputs.values())))
    resting = _memory()
    seconds = []
    for _ in range(repeats):
        simulation = SimulationBuilder().build_default_simulation(system, count=people)
        for name in system.variables:
            _set(simulation, system, name, inputs, people)
        start = time.perf_counter()
        answers = [simulation.calculate(f"rule{number}", PERIOD) for number in range(rules)]
        seconds.append(time.perf_counter() - start)
    np.save(folder / "answers_openfisca.bin", np.array(answers, dtype=np.int8))
    print(json.dumps({"seconds": seconds, "memory_mb": round(_memory()), "resting_mb": round(resting)}))


def _set(simulation: Any, system: Any, name: str, inputs: dict[str, Any], people: int) -> None:
    """Hand in one variable, when it is an input."""
    plain = name.removesuffix("_since")
    if name.endswith("_known"):
        values = inputs.get(name)
        simulation.set_input(name, PERIOD, np.ones(people, bool) if values is None else values)
    elif plain != name:
        simulation.set_input(name, PERIOD, (inputs[plain].astype(np.int64) - EPOCH).astype("datetime64[D]"))
    elif not system.variables[name].formulas and name in inputs:
        values = inputs[name]
        choices = getattr(system.variables[name], "possible_values", None)
        if choices is not None:
            values = choices.encode(np.array(list(choices))[values])
        simulation.set_input(name, PERIOD, values)


def _is_variable(one: Any, module: Any) -> bool:
    return isinstance(one, type) and one.__module__ == module.__name__ and hasattr(one, "definition_period")


def _loaded(path: Path) -> Any:
    found = importlib.util.spec_from_file_location("formulas", path)
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["formulas"] = module
    found.loader.exec_module(module)
    return module


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
