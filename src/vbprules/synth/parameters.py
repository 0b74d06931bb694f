"""Every distribution of a made province, as data: docs/synth.md states the same figures, and a test holds them to it.

Shares are in thousandths unless a name says otherwise. A spread is a standard deviation in hundredths of an octave (a
doubling): 100 means that two thirds of the values lie between half and double the median.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Shares = Mapping[str, int]

# Institutions
KINDS: Final[Shares] = {
    "hospital": 120,
    "primary_care": 280,
    "village_clinic": 200,
    "clinic": 150,
    "pharmacy": 220,
    "other": 30,
}
OWNERSHIPS: Final[Mapping[str, Shares]] = {
    "hospital": {"public": 680, "state_enterprise": 35, "military": 15, "private": 270},
    "primary_care": {"public": 900, "state_enterprise": 10, "military": 0, "private": 90},
    "village_clinic": {"public": 700, "state_enterprise": 0, "military": 0, "private": 300},
    "clinic": {"public": 50, "state_enterprise": 0, "military": 0, "private": 950},
    "pharmacy": {"public": 0, "state_enterprise": 70, "military": 0, "private": 930},
    "other": {"public": 600, "state_enterprise": 0, "military": 0, "private": 400},
}
GRADES: Final[Mapping[str, Shares]] = {
    "hospital": {"primary": 240, "secondary": 480, "tertiary": 160, "ungraded": 120},
    "primary_care": {"primary": 600, "secondary": 0, "tertiary": 0, "ungraded": 400},
    "village_clinic": {"primary": 0, "secondary": 0, "tertiary": 0, "ungraded": 1000},
    "clinic": {"primary": 0, "secondary": 0, "tertiary": 0, "ungraded": 1000},
    "pharmacy": {"primary": 0, "secondary": 0, "tertiary": 0, "ungraded": 1000},
    "other": {"primary": 0, "secondary": 0, "tertiary": 0, "ungraded": 1000},
}
LEVELS: Final[Mapping[str, Shares]] = {  # by class of institution, see CLASSES
    "tertiary_hospital": {"province": 250, "city": 600, "district": 150, "township": 0, "village": 0},
    "secondary_hospital": {"province": 10, "city": 190, "district": 800, "township": 0, "village": 0},
    "small_hospital": {"province": 0, "city": 150, "district": 850, "township": 0, "village": 0},
    "primary_care": {"province": 0, "city": 0, "district": 300, "township": 700, "village": 0},
    "village_clinic": {"province": 0, "city": 0, "district": 0, "township": 0, "village": 1000},
    "clinic": {"province": 0, "city": 0, "district": 600, "township": 400, "village": 0},
    "pharmacy": {"province": 0, "city": 0, "district": 700, "township": 300, "village": 0},
    "other": {"province": 0, "city": 0, "district": 700, "township": 300, "village": 0},
}
CLASSES: Final = tuple(LEVELS)  # hospitals by grade, the others by kind
DESIGNATED: Final[Shares] = {
    "tertiary_hospital": 1000,
    "secondary_hospital": 990,
    "small_hospital": 960,
    "primary_care": 990,
    "village_clinic": 850,
    "clinic": 500,
    "pharmacy": 700,
    "other": 500,
}
JOINED: Final[Shares] = {"public": 970, "state_enterprise": 900, "military": 900, "private": 350}
JOINED_PHARMACY: Final = 120
SPECIAL_DRUG_PHARMACY: Final = 40
CHAIN: Final = 550

# Drugs carried and their volumes
CARRIED: Final[Shares] = {  # share of the drugs that an institution of the class buys, if it has joined
    "tertiary_hospital": 900,
    "secondary_hospital": 750,
    "small_hospital": 450,
    "primary_care": 350,
    "village_clinic": 80,
    "clinic": 60,
    "pharmacy": 120,
    "other": 100,
}
QUARTERLY_VOLUME: Final[Shares] = {  # median set volume of a drug and quarter, in counting units
    "tertiary_hospital": 24000,
    "secondary_hospital": 7000,
    "small_hospital": 1800,
    "primary_care": 1200,
    "village_clinic": 120,
    "clinic": 150,
    "pharmacy": 400,
    "other": 200,
}
SPREAD_INSTITUTION, SPREAD_DRUG, SPREAD_PAIR, SPREAD_YEAR = 80, 150, 60, 15
VOLUME_STEP: Final = 10  # a quarter's set volume is a multiple of it
ZERO_VOLUME: Final = 2
FINDING: Final = 300  # of ended quarters: the day of the finding is recorded, 10 to 29 days after the quarter

# Completion of the set volume by purchases of selected products, by character of the institution
WEAK: Final = 100  # institutions
COMPLETION: Final[Mapping[str, Shares]] = {
    "ordinary": {"around": 850, "at_100": 20, "at_80": 20, "at_70": 10, "short": 60, "low": 40},
    "weak": {"around": 590, "at_100": 20, "at_80": 20, "at_70": 10, "short": 180, "low": 180},
}
AROUND, SPREAD_AROUND = 1060, 18  # median completion in thousandths
SHORT: Final = (700, 799)  # thousandths
LOW: Final = (200, 699)
SEASON: Final = (1000, 900, 1000, 1000, 1000, 1000, 990, 990, 1000, 980, 1010, 1060)  # by month, thousandths
DIPS: Final[Shares] = {"2020-02": 720, "2020-03": 860, "2020-04": 950, "2022-12": 880}  # instead of the season
PURCHASES: Final[Shares] = {"1": 250, "2": 400, "3": 350}  # of selected products in a quarter
ONE_PURCHASE_BELOW: Final = 30  # units: so little is bought at once
ON_PLATFORM, ON_PLATFORM_OTHER = 997, 980
USED: Final = (900, 1010)  # of what was bought, thousandths
SLOW_USERS: Final = 100  # institutions
USED_SLOWLY: Final = (600, 850)

# Purchases of other products of the drug
OTHER_BOUGHT: Final = 350
OTHER_SIZE: Final[Shares] = {"ordinary": 950, "equal": 10, "more": 40}  # against the selected bought in the quarter
OTHER_MEDIAN, SPREAD_OTHER = 180, 100
DISPENSED: Final = 30
DISPENSED_SELECTED: Final = 600

# Agreements, goods and payment
PAYMENT_DAYS: Final[Shares] = {"30": 600, "60": 200, "45": 100, "90": 50, "20": 50}
PAYMENT_FROM: Final[Shares] = {"acceptance": 800, "delivery": 150, "invoice": 50}
SIGNED: Final = (5, 44)  # days before the year begins
TASK_EQUAL: Final = 600  # the task amount is the contract amount
TASK: Final = (900, 1100)  # otherwise, in thousandths of it
STATES_DUE: Final = 600  # institutions whose goods have a day on which they are due by contract
PAYERS: Final[Shares] = {"prompt": 700, "slow": 220, "bad": 80}  # institutions
PAYMENT: Final[Mapping[str, Shares]] = {
    "prompt": {"in_time": 850, "day_30": 30, "day_31": 10, "late": 80, "very_late": 10, "part": 10, "never": 10},
    "slow": {"in_time": 450, "day_30": 30, "day_31": 20, "late": 350, "very_late": 80, "part": 40, "never": 30},
    "bad": {"in_time": 150, "day_30": 20, "day_31": 20, "late": 380, "very_late": 230, "part": 100, "never": 100},
}
PAYMENT_DAY: Final[Mapping[str, tuple[int, int]]] = {  # days after acceptance
    "in_time": (5, 29),
    "day_30": (30, 30),
    "day_31": (31, 31),
    "late": (32, 90),
    "very_late": (91, 240),
    "part": (10, 60),
}
TWO_PAYMENTS: Final = 120  # of receipts that are paid in full
PAID_BY_FUND: Final = 25
DELIVERY: Final = (1, 6)  # days after the purchase
ACCEPTANCE: Final[Shares] = {"0": 600, "1": 250, "2": 80, "3": 40, "5": 30}  # days after delivery

# Money of the fund
MONTHLY_FUND_PAYMENT: Final[Shares] = {  # median, yuan
    "tertiary_hospital": 18_000_000,
    "secondary_hospital": 3_500_000,
    "small_hospital": 600_000,
    "primary_care": 150_000,
    "village_clinic": 6_000,
    "clinic": 8_000,
    "pharmacy": 60_000,
    "other": 20_000,
}
SPREAD_FUND_PAYMENT: Final = 20
FUND_MONTHS_BEFORE: Final = 24
PREPAID: Final = 650  # of agreements of designated institutions
PREPAYMENT: Final[Shares] = {"exactly_30": 400, "more": 300, "less": 200, "twice": 100}
PREPAID_AFTER: Final = (10, 69)  # days after the signing; the second of two payments 150 days later
SEPARATE_ACCOUNT: Final = 900

# The catalogue
IN_CATALOGUE, SUPPLY_ENSURED = 980, 970
REGION_QUANTITY: Final = 4_000_000  # median, units a year
USE_LAST_YEAR: Final = (850, 1149)  # thousandths of it
DISTRIBUTORS: Final = 24
MAKER_DISTRIBUTORS: Final = (1, 4)
DIRECT_DELIVERY: Final = 150
WINNERS: Final[Shares] = {"1": 600, "2": 300, "3": 100}
ORIGINATOR, REFERENCE = 850, 100
PASSED_GENERICS: Final[Shares] = {"0": 300, "1": 400, "2": 200, "3": 100}
UNPASSED_GENERICS: Final[Shares] = {"0": 500, "1": 300, "2": 200}
SELECTED_PRICE, SPREAD_PRICE = 60, 130  # median in fen a unit
PRICE_OF_OTHER_WINNER: Final = (1000, 1299)  # thousandths of the price of the first winner
PRICE_OF_ORIGINATOR: Final = (2000, 8000)  # thousandths of the selected price
PRICE_OF_GENERIC: Final = (1100, 4000)
FINE_PRICES: Final = 200  # prices with a part of a fen
EARLIER_PRICE: Final = (1200, 5199)  # thousandths of the price
NATIONAL_LOWEST: Final = (900, 999)
LISTED, IN_NEGOTIATION = 990, 50
STEPPED_STANDARD: Final = 300  # of originators: the standard comes down in two steps

# Statements of a policy's names
CONDUCT: Final = 3  # of institution-drug-quarters
CONDUCT_FACTS: Final[Shares] = {
    "verified": 300,
    "reasonable_ground": 300,
    "affects_supply_or_use": 500,
    "supply_suffered": 300,
}
ACTS_FOR_LOW_TARGETS, ACTS_FOR_LATE_RECEIPTS, ACTS_FOR_INSTITUTIONS = 300, 150, 20
PERFORMED_FOR_INSTITUTIONS, PERFORMED_FOR_AGREEMENTS = 30, 50
ASKED: Final[Shares] = {"institution": 50, "target": 50, "receipt": 20, "agreement": 30, "conduct": 500}
ANSWERED_YES: Final = 400
UNSTATED: Final = 500  # of the lists of an institution that is not complete: no word; the others stop a quarter earlier
