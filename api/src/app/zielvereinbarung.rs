//! /zielvereinbarungen.
