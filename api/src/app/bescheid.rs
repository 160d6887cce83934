//! /bescheide.
