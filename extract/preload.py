"""Loads the pipeline in the server that worker processes are forked from, and nowhere else."""

from .workers import leave_interrupts, settle

__all__: list[str] = []

leave_interrupts()
settle()
