"""What an attacker can work out: every published number as a linear equation, solved exactly by the simplex method."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction

Equation = Mapping[Hashable, int]  # the sum of these unknowns, each times its factor, is nought


def ranges(equations: Iterable[Equation], known: Mapping[Hashable, int],
           wanted: Iterable[Hashable]) -> dict[Hashable, tuple[Fraction, Fraction | None]]:
    """The least and the most that each wanted unknown can be, if all are at least nought. None: without a bound."""
    tableau = _Tableau(list(equations), known)
    return {name: tableau.range_of(name) for name in wanted}


class _Tableau:
    """Rows of coefficients, each with its right side last, in terms of a basis; Bland's rule, so it always ends."""

    def __init__(self, equations: list[Equation], known: Mapping[Hashable, int]) -> None:
        names = sorted({name for one in equations for name in one if name not in known}, key=str)
        self.place = {name: number for number, name in enumerate(names)}
        self.size = len(names)
        self.rows: list[list[Fraction]] = []
        for one in equations:
            row = [Fraction(0)] * (self.size + 1)
            for name, factor in one.items():
                if name in known:
                    row[-1] -= factor * known[name]
                else:
                    row[self.place[name]] += factor
            self.rows.append([-value for value in row] if row[-1] < 0 else row)
        self._begin()

    def _begin(self) -> None:
        """A first solution: unknowns of help, one a row, are driven to nought."""
        helps = len(self.rows)
        for number, row in enumerate(self.rows):
            right = row.pop()
            row += [Fraction(int(number == other)) for other in range(helps)] + [right]
        self.basis = [self.size + number for number in range(helps)]
        cost = [Fraction(0)] * self.size + [Fraction(1)] * helps
        assert self._least(cost, self.size + helps) == 0, "the published numbers contradict one another"
        for number in range(helps):
            if self.basis[number] >= self.size:
                column = next((j for j in range(self.size) if self.rows[number][j]), None)
                if column is not None:
                    self._pivot(number, column)
        keep = [number for number in range(helps) if self.basis[number] < self.size]
        self.rows = [self.rows[number][: self.size] + self.rows[number][-1:] for number in keep]
        self.basis = [self.basis[number] for number in keep]

    def range_of(self, name: Hashable) -> tuple[Fraction, Fraction | None]:
        cost = [Fraction(0)] * self.size
        cost[self.place[name]] = Fraction(1)
        low = self._least(cost, self.size)
        assert low is not None
        most = self._least([-one for one in cost], self.size)
        return low, None if most is None else -most

    def _least(self, cost: list[Fraction], width: int) -> Fraction | None:
        while True:
            price = list(cost)
            for row, base in zip(self.rows, self.basis, strict=True):
                if cost[base]:
                    for column in range(width):
                        price[column] -= cost[base] * row[column]
            column = next((j for j in range(width) if price[j] < 0), None)
            if column is None:
                return sum((cost[base] * row[-1] for row, base in zip(self.rows, self.basis, strict=True)), Fraction(0))
            tries = [(row[-1] / row[column], self.basis[n], n) for n, row in enumerate(self.rows) if row[column] > 0]
            if not tries:
                return None
            self._pivot(min(tries)[2], column)

    def _pivot(self, number: int, column: int) -> None:
        scale = self.rows[number][column]
        chosen = self.rows[number] = [value / scale for value in self.rows[number]]
        for other, row in enumerate(self.rows):
            if other != number and row[column]:
                factor = row[column]
                self.rows[other] = [value - factor * one if one else value
                                    for value, one in zip(row, chosen, strict=True)]
        self.basis[number] = column


def bounds(equations: list[Equation], known: Mapping[Hashable, int],
           wanted: Iterable[Hashable]) -> dict[Hashable, tuple[float, float]]:
    """A range in which each unknown surely lies: what each equation says of it, again and again until nothing moves.

    Weaker than `ranges` (it may leave a range too wide, never too narrow), and quick enough for a whole year at once.
    What it narrows below the least range is exactly what an attacker with a pencil finds.
    """
    names = {name for one in equations for name in one}
    low = {name: float(known.get(name, 0)) for name in names}
    high = {name: float(known.get(name, 1e9)) for name in names}
    moved = True
    while moved:
        moved = False
        for one in equations:
            for name, factor in one.items():
                # factor * name = - sum of the others
                rest = [(-other * low[key], -other * high[key]) for key, other in one.items() if key != name]
                least = sum(min(pair) for pair in rest) / factor
                most = sum(max(pair) for pair in rest) / factor
                least, most = min(least, most), max(least, most)
                if least > low[name] + 1e-6 or most < high[name] - 1e-6:
                    low[name], high[name] = max(low[name], least), min(high[name], most)
                    moved = True
    return {name: (low[name], high[name]) for name in wanted if name in names}
