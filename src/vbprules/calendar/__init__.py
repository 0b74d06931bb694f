"""Days, periods and working days. Days are `date.toordinal()` integers throughout."""

from .china import Arrangement, Break, arrangements, chosen_arrangements, work_calendar
from .chosen import ChosenCalendar, Day, DayKind, chosen_calendar
from .local import LocalCalendar, LocalDays
from .periods import Kind, Period, Unit, add_months, add_years, day_of_month, end_of, far, months_after, start_of
from .workdays import Count, Shift, WorkCalendar

__all__ = [
    "Arrangement",
    "Break",
    "ChosenCalendar",
    "Count",
    "Day",
    "DayKind",
    "Kind",
    "LocalCalendar",
    "LocalDays",
    "Period",
    "Shift",
    "Unit",
    "WorkCalendar",
    "add_months",
    "add_years",
    "arrangements",
    "chosen_arrangements",
    "chosen_calendar",
    "day_of_month",
    "end_of",
    "far",
    "months_after",
    "start_of",
    "work_calendar",
]
