"""Days, periods and working days. Days are `date.toordinal()` integers throughout."""

from .china import Arrangement, Break, arrangements, work_calendar
from .periods import Kind, Period, Unit, add_months, add_years, day_of_month, end_of, start_of
from .workdays import Count, Shift, WorkCalendar

__all__ = [
    "Arrangement",
    "Break",
    "Count",
    "Kind",
    "Period",
    "Shift",
    "Unit",
    "WorkCalendar",
    "add_months",
    "add_years",
    "arrangements",
    "day_of_month",
    "end_of",
    "start_of",
    "work_calendar",
]
