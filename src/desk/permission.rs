//! The permissions of the desk, in one table with the roles that have each of them. The server
//! checks the table before it handles a request; the pages check it before they show a link or a
//! button.

use super::role::OfficerRole::{self, Administrator, Auditor, Officer, SeniorOfficer};

macro_rules! permissions {
    ($($(#[$doc:meta])* $permission:ident [$($role:ident),+];)*) => {
        /// A permission that roles of the desk can have.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Permission { $($(#[$doc])* $permission,)* }

        impl Permission {
            /// Every permission.
            pub const ALL: &'static [Self] = &[$(Self::$permission,)*];

            /// Returns the roles that have the permission.
            #[must_use]
            pub const fn roles(self) -> &'static [OfficerRole] {
                match self { $(Self::$permission => &[$($role),+],)* }
            }
        }
    };
}

permissions! {
    /// See the signed-in person's own account, change its password and end its sessions.
    OwnAccount [Officer, SeniorOfficer, Auditor, Administrator];
    /// See the queue and search it, and open registrations and requests for another format.
    ReadRegistrations [Officer, SeniorOfficer, Auditor];
    /// Claim and release registrations, make checks, write notes, correct answers, ask questions
    /// and decide.
    WorkOnRegistrations [Officer, SeniorOfficer];
    /// Download lists of the queue and the whole register.
    DownloadLists [SeniorOfficer, Auditor];
    /// Undo a decision.
    UndoDecisions [SeniorOfficer];
    /// See the states of accounts, the batches and their files, and imported results.
    ReadSetUp [Officer, SeniorOfficer, Auditor];
    /// Export accounts, import results and set the states of accounts.
    SetUpAccounts [Officer, SeniorOfficer];
    /// See forms that officers have keyed in and that are not submitted yet.
    ReadEnteredForms [Officer, SeniorOfficer, Auditor];
    /// Key in a form that arrived as a file or on paper.
    EnterForms [Officer, SeniorOfficer];
    /// See the figures of the desk.
    ReadFigures [Officer, SeniorOfficer, Auditor, Administrator];
    /// Search, verify and export the audit trail.
    ReadAudit [Auditor];
    /// See messages that could not be sent.
    ReadMessages [Officer, SeniorOfficer, Auditor, Administrator];
    /// Resend messages that could not be sent.
    SeeToMessages [Officer, SeniorOfficer, Administrator];
    /// See the people of the desk.
    ReadPeople [Auditor, Administrator];
    /// Add people of the desk, change their roles and end their access.
    ManagePeople [Administrator];
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
            Permission::DownloadLists,
            Permission::ReadSetUp,
            Permission::ReadEnteredForms,
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
            Permission::EnterForms,
        ] {
            assert!(!Administrator.may(permission), "{permission:?}");
        }
        assert!(Administrator.may(Permission::ManagePeople));
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
