//! The paper forms of a one-stop desk, set as PDF.
