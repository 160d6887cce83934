//! /regelwerke.
