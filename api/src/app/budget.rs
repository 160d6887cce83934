//! Zuteilungen, Umverteilungen, /budgets.
