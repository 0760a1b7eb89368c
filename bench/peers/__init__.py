"""Compares tajuk with other text classifiers. Entry point: bench/compare.py."""
