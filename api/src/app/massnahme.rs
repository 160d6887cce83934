//! measures and Detailplanungen of an Antrag.
