//! /kataloge and /basiszinssaetze.
