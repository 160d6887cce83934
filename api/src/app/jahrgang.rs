//! /jahrgaenge.
