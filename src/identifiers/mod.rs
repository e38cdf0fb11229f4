//! One file per identifier: its type, `check` (the one rule) and `parse` (the rule, kept as a type).
