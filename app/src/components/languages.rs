//! The links in the header between English and Welsh. The server renders them, also on pages that the
//! browser hydrates, because they are outside `#pages`.

use registration::language::{LANGUAGE, Language};

/// Writes the links of a page in `current`, as HTML. `query` is the query of the page's address, as
/// it is in the address.
#[must_use]
pub fn languages(current: Language, query: &str) -> String {
    let label = current.of("Language", "Iaith");
    let items = Language::ALL.map(|language| {
        let code = language.code();
        let name = language.of("English", "Cymraeg");
        let item = if language == current {
            format!("<span aria-current=\"true\" lang=\"{code}\">{name}</span>")
        } else {
            let query = query.replace('&', "&amp;").replace('"', "&quot;");
            let between = if query.is_empty() { "" } else { "&amp;" };
            format!(
                "<a class=\"govuk-link\" href=\"?{query}{between}{LANGUAGE}={code}\" hreflang=\"{code}\" lang=\"{code}\" rel=\"alternate external\">{name}</a>"
            )
        };
        format!("<li class=\"app-languages__item\">{item}</li>")
    });
    format!(
        "<nav class=\"app-languages\" aria-label=\"{label}\"><ul class=\"app-languages__list\">{}</ul></nav>",
        items.concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_language_is_a_link_to_the_same_page() {
        let html = languages(Language::English, "page=2&from=check");
        assert!(html.contains("<span aria-current=\"true\" lang=\"en\">English</span>"));
        assert!(html.contains("href=\"?page=2&amp;from=check&amp;language=cy\""));
        assert!(languages(Language::Welsh, "").contains("href=\"?language=en\""));
    }
}
