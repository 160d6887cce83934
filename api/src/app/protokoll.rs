//! /protokoll.
