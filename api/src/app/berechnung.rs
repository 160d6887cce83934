//! /berechnungen.
