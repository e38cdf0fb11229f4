//! Finds mistyped hosts of e-mail addresses and the hosts that were probably meant.
//!
//! GOV.UK's "Email addresses" pattern says to warn of common misspellings but to accept them.

/// Returns the host that was probably meant; `None` if the host is not a known misspelling.
pub(super) fn likely_host(host: &str) -> Option<String> {
    let mended = MISSPELT_ENDINGS.iter().find_map(|(wrong, right)| {
        host.strip_suffix(wrong)
            .map(|rest| format!("{rest}{right}"))
    });
    let candidate = mended.as_deref().unwrap_or(host);
    MISSPELT_HOSTS
        .iter()
        .find(|(_, wrongs)| wrongs.contains(&candidate))
        .map(|(right, _)| (*right).to_owned())
        .or(mended)
}

/// Misspelt endings, which no real host has, each with the correct ending.
const MISSPELT_ENDINGS: [(&str, &str); 14] = [
    (".con", ".com"),
    (".cmo", ".com"),
    (".ocm", ".com"),
    (".comm", ".com"),
    (".cpm", ".com"),
    (".vom", ".com"),
    (".co.ik", ".co.uk"),
    (".co.ul", ".co.uk"),
    (".co.uj", ".co.uk"),
    (".co.ukk", ".co.uk"),
    (".co.um", ".co.uk"),
    (".couk", ".co.uk"),
    (".gov.ik", ".gov.uk"),
    (".org.ik", ".org.uk"),
];

/// Hosts of well-known providers, each with its misspellings.
const MISSPELT_HOSTS: [(&str, &[&str]); 16] = [
    (
        "gmail.com",
        &[
            "gmial.com",
            "gmail.co",
            "gmai.com",
            "gmal.com",
            "gmil.com",
            "gamil.com",
            "gnail.com",
            "gmaill.com",
            "gmali.com",
            "ggmail.com",
            "gmail.co.uk",
            "gmail.cm",
            "gmail.om",
            "gemail.com",
            "gimail.com",
            "gmaul.com",
            "gmsil.com",
        ],
    ),
    (
        "googlemail.com",
        &[
            "googlemail.co",
            "googlemail.co.uk",
            "goglemail.com",
            "googelmail.com",
            "googlmail.com",
            "gogglemail.com",
        ],
    ),
    (
        "hotmail.com",
        &[
            "hotmial.com",
            "homtail.com",
            "hotmal.com",
            "hotmai.com",
            "hotmil.com",
            "hotmaill.com",
            "hotmail.co",
            "hotmail.cm",
            "hotamil.com",
            "hotnail.com",
            "htomail.com",
            "hotmaul.com",
            "hitmail.com",
            "hormail.com",
        ],
    ),
    (
        "hotmail.co.uk",
        &[
            "hotmial.co.uk",
            "homtail.co.uk",
            "hotmal.co.uk",
            "hotmai.co.uk",
            "hotmil.co.uk",
            "hotmaill.co.uk",
            "hotamil.co.uk",
            "hotnail.co.uk",
            "hotmail.uk",
        ],
    ),
    (
        "outlook.com",
        &[
            "outlok.com",
            "outlook.co",
            "outllok.com",
            "outloook.com",
            "outlool.com",
            "oulook.com",
            "outook.com",
            "outlookk.com",
            "putlook.com",
            "otlook.com",
        ],
    ),
    (
        "yahoo.com",
        &[
            "yahooo.com",
            "yaho.com",
            "yahoo.co",
            "yhaoo.com",
            "yhoo.com",
            "yahho.com",
            "uahoo.com",
            "yaoo.com",
            "yahoo.cm",
        ],
    ),
    (
        "yahoo.co.uk",
        &[
            "yahooo.co.uk",
            "yaho.co.uk",
            "yhaoo.co.uk",
            "yhoo.co.uk",
            "yahho.co.uk",
            "uahoo.co.uk",
            "yahoo.uk",
        ],
    ),
    (
        "icloud.com",
        &[
            "icloud.co",
            "iclould.com",
            "icoud.com",
            "iclod.com",
            "iclud.com",
            "icluod.com",
            "icloud.co.uk",
        ],
    ),
    (
        "btinternet.com",
        &[
            "btinternet.co",
            "btinternet.co.uk",
            "btintenet.com",
            "btinernet.com",
            "btinterent.com",
            "btinterne.com",
            "btinetrnet.com",
            "btiternet.com",
        ],
    ),
    ("live.co.uk", &["livr.co.uk", "lve.co.uk"]),
    ("aol.com", &["aol.co", "aoll.com", "aol.cm"]),
    ("sky.com", &["sky.co", "skyy.com"]),
    (
        "virginmedia.com",
        &[
            "virginmedia.co",
            "virginmeda.com",
            "virgimedia.com",
            "virginmeida.com",
        ],
    ),
    (
        "talktalk.net",
        &["talktalk.ne", "taltalk.net", "talktlak.net", "talktak.net"],
    ),
    (
        "ntlworld.com",
        &["ntlworld.co", "ntlword.com", "ntworld.com", "ntlwolrd.com"],
    ),
    ("msn.com", &["msn.co", "mns.com", "msn.cm"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_host_is_not_misspelt_itself() {
        for (right, wrongs) in MISSPELT_HOSTS {
            assert_eq!(likely_host(right), None, "{right}");
            for wrong in wrongs {
                assert_eq!(likely_host(wrong).as_deref(), Some(right), "{wrong}");
            }
        }
    }
}
