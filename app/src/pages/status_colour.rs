//! The colour of the tag of each status, the same for applicants and at the desk.

use registration::desk::queue::ItemStatus;
use registration::lifecycle::{ApplicantStatus, State};

use crate::components::TagColour;

const fn state_colour(state: State) -> TagColour {
    match state {
        State::Received => TagColour::Purple,
        State::BeingChecked => TagColour::Blue,
        State::MoreInformationNeeded => TagColour::Orange,
        State::Approved => TagColour::Green,
        State::NotApproved => TagColour::Red,
        State::Withdrawn => TagColour::Grey,
    }
}

/// Returns the colour of the status of a registration or of its set-up.
pub(in crate::pages) const fn registration_colour(status: ApplicantStatus) -> TagColour {
    match status {
        ApplicantStatus::State(state) => state_colour(state),
        ApplicantStatus::SettingUp { .. } => TagColour::Blue,
        ApplicantStatus::Done => TagColour::Green,
    }
}

/// Returns the colour of the status of an entry of the queue.
pub(in crate::pages) const fn item_colour(status: ItemStatus) -> TagColour {
    match status.state() {
        Some(state) => state_colour(state),
        // Only a request that was answered has no state.
        None => TagColour::Green,
    }
}
