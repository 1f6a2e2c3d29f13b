"""One roll-up: a table of sums by key, to which every answer adds and from which an undone one is taken out again.

All sums are whole numbers, so adding and taking out leave exactly what the attempts give. The first sum counts answers: a row in
which it is 0 says nothing and counts as no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, Table, bindparam, select

Row = tuple[object, ...]


class Rollup:
    """The sums ``sums`` by the key ``keys`` in ``table``; the first part of the key is a day, or a month by its first day."""

    def __init__(self, table: Table, keys: Sequence[str], sums: Sequence[str]) -> None:
        self.table, self.keys, self.sums = table, tuple(keys), tuple(sums)
        self._insert = table.insert()
        self._add = (
            table.update()
            .where(*(table.c[key] == bindparam(f"its_{key}") for key in self.keys))
            .values({name: table.c[name] + bindparam(f"more_{name}") for name in self.sums})
        )

    def add(self, connection: Connection, key: Row, sums: Sequence[int], sign: int) -> None:
        """Add to the row of a key, or with ``sign`` -1 take away."""
        more = [sign * value for value in sums]
        place = {f"its_{name}": value for name, value in zip(self.keys, key, strict=True)}
        added = {f"more_{name}": value for name, value in zip(self.sums, more, strict=True)}
        if not connection.execute(self._add, added | place).rowcount:
            connection.execute(self._insert, self._values((*key, *more)))

    def rows(self, connection: Connection) -> list[Row]:
        """All that is stored, in the order of the key."""
        keys = [self.table.c[name] for name in self.keys]
        sums = [self.table.c[name] for name in self.sums]
        counting = self.table.c[self.sums[0]] != 0
        return [tuple(row) for row in connection.execute(select(*keys, *sums).where(counting).order_by(*keys))]

    def replace(self, connection: Connection, rows: Sequence[Row]) -> None:
        """These rows in place of all that are stored."""
        connection.execute(self.table.delete())
        if rows:
            connection.execute(self._insert, [self._values(row) for row in rows])

    def _values(self, row: Row) -> dict[str, object]:
        return dict(zip((*self.keys, *self.sums), row, strict=True))


def month_of(day: date) -> date:
    """The month of a day, by its first day."""
    return day.replace(day=1)


def fold(rows: Sequence[Row], keys: int) -> list[Row]:
    """Rows by day added up by month, in the order of the key; the first ``keys`` values of a row are its key."""
    sums: dict[Row, list[int]] = {}
    for day, *rest in rows:
        if not isinstance(day, date):
            raise TypeError(f"{day!r} is no day")
        place = (month_of(day), *rest[: keys - 1])
        values = [value for value in rest[keys - 1 :] if isinstance(value, int)]
        sums[place] = [a + b for a, b in zip(sums.get(place, [0] * len(values)), values, strict=True)]
    return sorted(((*place, *values) for place, values in sums.items()), key=lambda row: tuple(map(str, row[:keys])))
