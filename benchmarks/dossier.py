"""A made dossier of any size: plain data whose every scalar is text, as YAML or JSON would bring it.

The same arguments always give the same data. The facts cover what a policy looks at: drugs over, at and under 80% and
70%, receipts paid in time, late, in part and not at all, warnings, prepayments, monthly fund payments and dispensings.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any, Final

Data = dict[str, Any]

START: Final = date(2020, 1, 1)
SIGNED: Final = date(2019, 12, 10)
LAUNCHED: Final = date(2019, 12, 30)
_CLASSES: Final = ("originator", "passed_generic", "unpassed_generic")
# Parts of a quarter's volume that are bought, in hundredths; 80 and 70 are hit exactly.
_PURCHASED: Final = (105, 100, 96, 80, 79, 74, 70, 68)
_MONTHS_OF_QUARTER: Final = (45, 25, 30)


def as_of(quarters: int = 4) -> date:
    """The day on which the made dossier is judged: the fifteenth after its last quarter."""
    return _month_end(3 * quarters - 1) + timedelta(days=15)


def make_dossier(*, drugs: int = 25, quarters: int = 4, receipts: int = 50, seed: int = 69) -> Data:
    """The dossier of one public hospital from the first quarter of 2020 on."""
    if min(drugs, quarters, receipts) < 1:
        raise ValueError("a made dossier needs at least one drug, quarter and receipt")
    return _Maker(drugs, quarters, receipts, seed).data()


def rows(data: Data) -> int:
    """How many rows and statements a dossier holds, the institution among them."""
    lists = (item for name, item in data.items() if name not in ("policy", "institution"))
    return 1 + sum(len(item["entries"]) for item in lists if isinstance(item, dict))


class _Maker:
    def __init__(self, drugs: int, quarters: int, receipts: int, seed: int) -> None:
        self.random = Random(seed)
        self.quarters = quarters
        self.receipts = receipts
        self.months = 3 * quarters
        self.last = as_of(quarters)
        self.names = [f"D{number:03}" for number in range(1, drugs + 1)]
        self.volumes = [100 * self.random.randrange(100, 5000) for _ in self.names]
        self.prices = [self.random.randrange(5, 2000) for _ in self.names]  # in fen
        self.suppliers = [f"S{number}" for number in range(1, min(drugs, 5) + 1)]
        self.years = range(START.year, _month_end(self.months - 1).year + 1)

    def data(self) -> Data:
        """Every list of the dossier. The order of the draws is the order of the calls."""
        made = list(self._receipts())
        return {
            "policy": "guizhou_2019",
            "institution": {
                "name": "示例市人民医院",
                "kind": "hospital",
                "ownership": "public",
                "grade": "secondary",
                "level": "city",
                "region": "贵州省示例市",
                "designated": "yes",
                "joined": "yes",
            },
            "drugs": _whole(self._drugs()),
            "products": _whole(self._products()),
            "suppliers": _whole(self._suppliers()),
            "agreements": _whole(self._agreements()),
            "agreement_lines": _whole(self._lines()),
            "targets": _whole(self._targets()),
            "purchases": self._through(self._moved("quantity", "amount", "on_platform")),
            "uses": self._through(self._moved("quantity")),
            "receipts": _whole(made),
            "payments": self._through(self._payments(made)),
            "fund_payments": self._through(self._fund_payments()),
            "prepayments": self._through(self._prepayments()),
            "dispensings": self._through(self._dispensings()),
            "conducts": "none",
            "acts": self._through(self._acts(made)),
            "performances": self._through(self._performances()),
            "determinations": self._through(self._determinations()),
        }

    def _through(self, entries: Iterator[Data]) -> Data:
        return {"complete_through": self.last.isoformat(), "entries": list(entries)}

    # What there is

    def _drugs(self) -> Iterator[Data]:
        for number, name in enumerate(self.names):
            yield {
                "id": name,
                "name": f"示例药品{number + 1}",
                "in_catalogue": "yes",
                "selected": "yes",
                "selected_price": _yuan(self.prices[number]),
                "winners": str(1 + number % 4),
                "passed_makers": str(2 + number % 5),
                "supply_ensured": "yes",
                "counting_unit": "片",
            }

    def _products(self) -> Iterator[Data]:
        for number, name in enumerate(self.names):
            shared = {"drug": name, "listed": "yes"}
            yield {
                "id": f"{name}-s",
                **shared,
                "name": f"示例药品{number + 1}（中选）",
                "class": "selected",
                "selected": "yes",
                "price": _yuan(self.prices[number]),
            }
            if (kind := self._other(number)) is not None:
                yield {
                    "id": f"{name}-o",
                    **shared,
                    "name": f"示例药品{number + 1}（非中选）",
                    "class": kind,
                    "selected": "no",
                    "price": _yuan(self.prices[number] * (40 if kind == "originator" else 3)),
                }

    @staticmethod
    def _other(number: int) -> str | None:
        """The class of the product bought beside the selected one; every fourth drug has none."""
        return _CLASSES[number % 4] if number % 4 < len(_CLASSES) else None

    def _suppliers(self) -> Iterator[Data]:
        for number, name in enumerate(self.suppliers):
            yield {"id": name, "name": f"示例医药公司{number + 1}", "kind": "distributor", "direct_delivery": "no"}

    def _supplier(self, number: int) -> str:
        return self.suppliers[number % len(self.suppliers)]

    def _agreements(self) -> Iterator[Data]:
        for year in self.years:
            for name in self.suppliers:
                yield {
                    "id": f"{name}-{year}",
                    "supplier": name,
                    "signed_on": SIGNED.replace(year=year - 1).isoformat(),
                    "start": LAUNCHED.replace(year=year - 1).isoformat(),
                    "end": date(year, 12, 29).isoformat(),
                    "payment_days": "30",
                    "payment_from": "acceptance",
                }

    def _lines(self) -> Iterator[Data]:
        for year in self.years:
            for number, name in enumerate(self.names):
                yield {
                    "agreement": f"{self._supplier(number)}-{year}",
                    "product": f"{name}-s",
                    "quantity": str(4 * self.volumes[number]),
                    "price": _yuan(self.prices[number]),
                }

    def _targets(self) -> Iterator[Data]:
        for number, name in enumerate(self.names):
            for year in self.years:
                yield {"drug": name, "period": str(year), "set_volume": str(4 * self.volumes[number])}
            for quarter in range(self.quarters):
                row = {"drug": name, "period": _quarter(quarter), "set_volume": str(self.volumes[number])}
                if self._share(number, quarter) < 70:
                    row["finding_on"] = (_month_end(3 * quarter + 2) + timedelta(days=10)).isoformat()
                yield row

    # What happened

    def _share(self, number: int, quarter: int) -> int:
        """What part of the quarter's volume of a drug is bought and used, in hundredths."""
        return _PURCHASED[(number + 3 * quarter) % len(_PURCHASED)]

    def _moved(self, *columns: str) -> Iterator[Data]:
        """Purchases or uses: of every product once a month."""
        for month in range(self.months):
            quarter, part = divmod(month, 3)
            for number, name in enumerate(self.names):
                quantity = self.volumes[number] * self._share(number, quarter) * _MONTHS_OF_QUARTER[part] // 10_000
                yield self._movement(f"{name}-s", month, quantity, self.prices[number], columns)
                if self._other(number) is not None and self.random.random() < 0.5:
                    yield self._movement(f"{name}-o", month, quantity // 20, 3 * self.prices[number], columns)

    def _movement(self, product: str, month: int, quantity: int, price: int, columns: tuple[str, ...]) -> Data:
        cells = {"quantity": str(quantity), "amount": _yuan(quantity * price), "on_platform": "yes"}
        return {"product": product, "day": self._day(month), **{name: cells[name] for name in columns}}

    def _day(self, month: int) -> str:
        year, number = divmod(month, 12)
        return date(START.year + year, number + 1, self.random.randrange(1, 29)).isoformat()

    def _receipts(self) -> Iterator[Data]:
        days = (self.last - START).days - 20
        for number in range(self.receipts):
            accepted = START + timedelta(days=20 + days * number // self.receipts)
            drug = number % len(self.names)
            yield {
                "id": f"R{number + 1}",
                "agreement": f"{self._supplier(drug)}-{min(accepted.year, self.years[-1])}",
                "product": f"{self.names[drug]}-s",
                "delivered_on": (accepted - timedelta(days=2)).isoformat(),
                "accepted_on": accepted.isoformat(),
                "amount": _yuan(100 * self.random.randrange(1000, 90_000)),
                "centrally_procured": "yes",
            }

    def _payments(self, receipts: list[Data]) -> Iterator[Data]:
        """Of six receipts three are paid in time, one late, one in two parts and one not at all."""
        for number, receipt in enumerate(receipts):
            accepted = date.fromisoformat(receipt["accepted_on"])
            fen = round(100 * float(receipt["amount"]))
            late = number % 6 == 3
            parts = [fen] if number % 6 < 4 else [fen // 2, fen - fen // 2] if number % 6 == 4 else []
            for part, amount in enumerate(parts):
                day = accepted + timedelta(days=(55 if late else 10 + 12 * part) + self.random.randrange(8))
                if day <= self.last:
                    yield {
                        "receipt": receipt["id"],
                        "day": day.isoformat(),
                        "amount": _yuan(amount),
                        "payer": "hospital",
                    }

    def _fund_payments(self) -> Iterator[Data]:
        """Every month from two years before the first quarter."""
        for month in range(-24, self.months):
            yield {"day": self._day(month), "amount": _yuan(100 * self.random.randrange(7_000_000, 9_000_000))}

    def _prepayments(self) -> Iterator[Data]:
        yield {"day": "2019-12-27", "amount": "2400000.00", "purpose": "集中采购药品预付款"}
        for year in self.years:
            yield {"day": f"{year}-01-20", "amount": "2500000.00", "purpose": "集中采购药品预付款"}

    def _dispensings(self) -> Iterator[Data]:
        for number, name in enumerate(self.names):
            other = self._other(number) is not None and number % 2 == 0
            yield {
                "id": f"P{number + 1}",
                "product": f"{name}-{'o' if other else 's'}",
                "day": self._day(number % self.months),
                "price": _yuan(self.prices[number] * (3 if other else 1)),
                "quantity": "28",
            }

    # What was decided

    def _acts(self, receipts: list[Data]) -> Iterator[Data]:
        """Warnings for every receipt that was not paid, and for every second quarter."""
        for number, receipt in enumerate(receipts):
            day = date.fromisoformat(receipt["accepted_on"]) + timedelta(days=45)
            if number % 6 == 5 and day <= self.last:
                yield {"of": "late_warning", "subject": receipt["id"], "day": day.isoformat(), "by": "insurance_agency"}
        for quarter in range(0, self.quarters, 2):
            day = _month_end(3 * quarter + 2) + timedelta(days=12)
            shared = {"subject": _quarter(quarter), "day": day.isoformat(), "by": "insurance_agency"}
            yield {"of": "quarterly_warning", **shared}
            yield {"of": "below_70.interview", **shared}

    @staticmethod
    def _performances() -> Iterator[Data]:
        days = {"task_1": "2019-12-13", "task_2": "2019-12-13", "task_3": "2019-12-12", "task_4": "2019-12-27"}
        for name, day in days.items():
            yield {"of": name, "day": day, "by": "provincial_insurance"}

    def _determinations(self) -> Iterator[Data]:
        for number, name in enumerate(self.names):
            if self._other(number) in ("originator", "passed_generic"):
                yield {
                    "question": "gradual",
                    "subject": f"{name}-o",
                    "answer": "yes" if number % 3 == 0 else "no",
                    "by": "provincial_insurance",
                    "day": "2019-12-28",
                    "source": "支付标准调整通知（示例）",
                }


def _whole(entries: Iterator[Data] | list[Data]) -> Data:
    return {"complete": "yes", "entries": list(entries)}


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def _month_end(month: int) -> date:
    """The last day of a month, counted from the first one of the dossier."""
    year, number = START.year + month // 12, month % 12 + 1
    return date(year, number, monthrange(year, number)[1])


def _quarter(quarter: int) -> str:
    return f"{START.year + quarter // 4}Q{quarter % 4 + 1}"
