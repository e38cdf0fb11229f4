//! Who may do what at the desk: the one table. The server asks it before every request of the desk, and the pages
//! before they offer a link or a button.

use super::role::OfficerRole::{self, Administrator, Auditor, Officer, SeniorOfficer};

macro_rules! permissions {
    ($($(#[$doc:meta])* $permission:ident [$($role:ident),+];)*) => {
        /// Something that somebody at the desk may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Permission { $($(#[$doc])* $permission,)* }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Self] = &[$(Self::$permission,)*];

            /// The roles that have it.
            #[must_use]
            pub const fn roles(self) -> &'static [OfficerRole] {
                match self { $(Self::$permission => &[$($role),+],)* }
            }
        }
    };
}

permissions! {
    /// See one's own account, change one's password and end one's sessions.
    OwnAccount [Officer, SeniorOfficer, Auditor, Administrator];
    /// See the queue and search it, and open registrations and requests for another format.
    ReadRegistrations [Officer, SeniorOfficer, Auditor];
    /// Take registrations and give them back, check, note, correct, ask and decide.
    WorkOnRegistrations [Officer, SeniorOfficer];
    /// Undo what was decided.
    UndoDecisions [SeniorOfficer];
    /// See how accounts stand, batches with their files, and results that came back.
    ReadSetUp [Officer, SeniorOfficer, Auditor];
    /// Export accounts, bring results back, say how an account stands.
    SetUpAccounts [Officer, SeniorOfficer];
    /// See forms that were taken in and are not submitted.
    ReadTakenIn [Officer, SeniorOfficer, Auditor];
    /// Take in a form that came as a file or on paper.
    TakeInForms [Officer, SeniorOfficer];
    /// See the figures of the desk.
    ReadFigures [Officer, SeniorOfficer, Auditor, Administrator];
    /// Search the audit, verify and export it.
    ReadAudit [Auditor];
    /// See messages that could not be sent.
    ReadMessages [Officer, SeniorOfficer, Auditor, Administrator];
    /// Send a message after all that could not be sent.
    SeeToMessages [Officer, SeniorOfficer, Administrator];
    /// See the people of the desk.
    ReadPeople [Auditor, Administrator];
    /// Add people of the desk, change their roles, end their access.
    SeeToPeople [Administrator];
    /// See the settings of the desk.
    ReadSettings [Auditor, Administrator];
    /// Change the settings of the desk.
    ChangeSettings [Administrator];
}

impl OfficerRole {
    /// Whether this role has a permission.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        permission.roles().contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_reads_everything_and_changes_nothing() {
        let only = [
            Permission::OwnAccount,
            Permission::ReadRegistrations,
            Permission::ReadSetUp,
            Permission::ReadTakenIn,
            Permission::ReadFigures,
            Permission::ReadMessages,
            Permission::ReadAudit,
            Permission::ReadPeople,
            Permission::ReadSettings,
        ];
        for permission in Permission::ALL {
            assert_eq!(
                Auditor.may(*permission),
                only.contains(permission),
                "{permission:?}"
            );
        }
    }

    #[test]
    fn a_desk_administrator_decides_nothing_and_reads_no_registration() {
        for permission in [
            Permission::ReadRegistrations,
            Permission::WorkOnRegistrations,
            Permission::UndoDecisions,
            Permission::SetUpAccounts,
            Permission::TakeInForms,
        ] {
            assert!(!Administrator.may(permission), "{permission:?}");
        }
        assert!(Administrator.may(Permission::SeeToPeople));
    }

    #[test]
    fn a_senior_officer_may_do_what_an_officer_may_and_undo() {
        for permission in Permission::ALL {
            if Officer.may(*permission) {
                assert!(SeniorOfficer.may(*permission), "{permission:?}");
            }
        }
        assert!(SeniorOfficer.may(Permission::UndoDecisions));
        assert!(!Officer.may(Permission::UndoDecisions));
    }
}
