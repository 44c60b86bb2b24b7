"""Faults that types cannot say: references, quotations, overlaps, numbers that contradict each other."""
