"""Measuring detection on labelled pages: outcomes against labels, with intervals, and every miss explained."""
