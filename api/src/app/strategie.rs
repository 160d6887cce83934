//! /strategien.
