"""Printed words folded for matching; nothing here is ever published."""
