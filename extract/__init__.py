"""From a file to its claims: readers, numerals, units, clauses."""
