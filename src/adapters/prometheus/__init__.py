"""Figures as Prometheus and OpenMetrics write them."""
