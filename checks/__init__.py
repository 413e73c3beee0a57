"""One file per kind of tie between figures, and the engine that judges them.

Every module named in :data:`CHECKS` has the name of its row in ``checks.tsv`` and one function,
``relate(reading)`` (within a report) or ``across(readings)`` (over all reports of a run): it states which figures are tied, by words alone, and judges nothing.
"""

CHECKS = (
    "rate",
    "share",
    "ratio_list",
    "percent_sum",
    "sum",
    "sum_bound",
    "two_breakdowns",
    "balance",
    "difference",
    "change",
    "plan",
    "ceiling",
    "subset",
    "percent_cap",
    "growth",
    "growth_feasible",
    "growth_cross",
    "growth_mix",
    "rate_mix",
    "growth_average",
    "contribution",
    "share_change",
    "per_capita",
    "multiple",
    "unit_pair",
    "duplicate",
    "restated",
    "carry_over",
    "enumeration",
    "wording",
    "order",
)
