//! The Terms and Conditions of 29 September 2020, the first version.
//!
//! The text is exact, capitals and punctuation included, because people have signed it. The
//! published text is in `2020-09-29.txt`, and a test compares the two texts. Contains public sector
//! information licensed under the Open Government Licence v3.0.

use super::{Clause, Terms};

/// The Terms and Conditions as published on 29 September 2020.
pub const TERMS: Terms = Terms {
    version: "29 September 2020",
    title: "Terms and Conditions (including Acceptable Use) for Organisations using the \
            Common Platform",
    preamble: "The Common Platform is supplied to organisations in accordance with these \
               Terms & Conditions (T&Cs) contained within it. Signatories to these T&Cs \
               confirm that they are fully aware of responsibilities in relation to the use \
               of the Common Platform. In particular, they confirm that:",
    clauses: &[
        Clause {
            number: 1,
            text: "Users in the organisation they represent have a legitimate need to use the \
                   Common Platform.",
            points: &[],
        },
        Clause {
            number: 2,
            text: "Users in their organisation will comply with Data Protection Legislation \
                   including (without limitation and to the extent applicable) the Data \
                   Protection Act 2018 and General Data Protection Regulations and the Law \
                   Enforcement Directive, relevant privacy regulations (including ICO codes \
                   of conduct) and all professional codes of conduct by which we are bound \
                   and that all information transmitted through the Common Platform is \
                   treated accordingly. They acknowledge that any breach of these provisions \
                   may result in their organisation’s access to the Common Platform being \
                   suspended or terminated.",
            points: &[],
        },
        Clause {
            number: 3,
            text: "Users in their organisation will seek to prevent inadvertent disclosure of \
                   information, for example by not forwarding information to unauthorised \
                   contacts, and by taking care when working on or printing information \
                   related to the Common Platform.",
            points: &[],
        },
        Clause {
            number: 4,
            text: "Users in their organisation will be responsible for the secure use of the \
                   unique credentials issued to them as individuals by the Common Platform \
                   (e.g. user ID and passwords), in particular that:",
            points: &[
                "users must protect and not share their Common Platform credentials for \
                 access to the service",
                "users must report actual or suspected disclosure of this information \
                 immediately to the Common Platform Desk",
                "users must not use another person’s credentials to access the Common \
                 Platform.",
            ],
        },
        Clause {
            number: 5,
            text: "Users will ensure that devices (including computers and mobile devices) \
                   connected to the Common Platform will be kept secure for example by being \
                   locked when not in use and the data secured through encryption and/or \
                   protected access (e.g. password or similar).",
            points: &[],
        },
        Clause {
            number: 6,
            text: "Users will not make false claims or denials relating to use of the Common \
                   Platform (e.g. falsely denying any access, editing, reproduction or \
                   viewing of digital case material).",
            points: &[],
        },
        Clause {
            number: 7,
            text: "Users will always check that the recipients of Common Platform information \
                   are authorised to receive it, and that information is not accidentally or \
                   deliberately released to any unauthorised third-party.",
            points: &[],
        },
        Clause {
            number: 8,
            text: "Users will only access the service from devices that have appropriate \
                   security controls installed, enabled and up to date (including, as \
                   appropriate, firewalls, anti-virus & spyware software, encryption of data \
                   and operating system security patches).",
            points: &[],
        },
        Clause {
            number: 9,
            text: "Users will not attempt to bypass or subvert system access security \
                   controls.",
            points: &[],
        },
        Clause {
            number: 10,
            text: "When using Wi-Fi, users will only access the service through secure \
                   Internet access. Users will not ‘trust’ or ‘accept’ invalid security \
                   certificates for web sites.",
            points: &[],
        },
        Clause {
            number: 11,
            text: "Users will only connect to Common Platform from within the UK or European \
                   Economic Area (EEA) and will not attempt to access the Common Platform \
                   from a location that is outside the UK or EEA.",
            points: &[],
        },
        Clause {
            number: 12,
            text: "The organisation/user understands that HMCTS reserves the right to audit \
                   usage and investigate security incidents and confirm that, should such an \
                   investigation be necessary, users will provide any necessary support to \
                   the best of their ability.",
            points: &[],
        },
        Clause {
            number: 13,
            text: "The organisation’s Authorised Administrator(s) will maintain an up to date \
                   record of all users associated with the organisation and amend or remove \
                   access to the Common Platform in accordance with the appropriate user \
                   guides. This includes (but is not limited to) deleting a user or \
                   accountable person leaving the organisation or changing to a role for \
                   which certain levels of access are no longer appropriate. Administrators \
                   are required to action changes on the day they become effective, or as \
                   soon as reasonably possible thereafter. In particular, there should be no \
                   time when the organisation is without an Accountable Person and at least \
                   one administrator.",
            points: &[],
        },
        Clause {
            number: 14,
            text: "Their organisation is responsible for all agents working on behalf of \
                   their Organisation and are treated as ‘Users’ for the Organisation for \
                   which they are appointed.",
            points: &[],
        },
        Clause {
            number: 15,
            text: "Should the Organisation cease to operate, or merges with another \
                   Organisation, the Common Platform Desk must be informed as soon as \
                   possible.",
            points: &[],
        },
        Clause {
            number: 16,
            text: "In the event of a suspected breach of this agreement, HMCTS reserves the \
                   right to investigate and, if a breach has occurred, to impose appropriate \
                   sanctions. This can range from a warning and instructions to improve \
                   internal processes, to temporary suspension or reduction in service \
                   availability, to the potential complete withdrawal of service, should the \
                   breach impact adversely other users of the service and the integrity of \
                   the trust framework within which the service operates.",
            points: &[],
        },
        Clause {
            number: 17,
            text: "Continued use of the Service by an organisation will be taken as an \
                   organisation’s acceptance of these Terms & Conditions.",
            points: &[],
        },
    ],
};
