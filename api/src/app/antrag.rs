//! /antraege.
