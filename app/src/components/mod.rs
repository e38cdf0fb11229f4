//! One file per component of the GOV.UK Design System.
