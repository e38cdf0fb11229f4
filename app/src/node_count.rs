//! The number of nodes that the server has rendered into a page.
//!
//! The server sends this number with the page. Before hydration, `app/bundle/start.js` counts the
//! nodes in the browser. If a browser extension or a translation has added or removed nodes, the
//! page stays plain HTML.

/// The number of elements, comments and texts in HTML, as a browser counts them after parsing.
///
/// Texts in a textarea are not counted, because they are answers. The HTML must be well formed,
/// with all end tags and without scripts, as Leptos writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NodeCount {
    elements: usize,
    comments: usize,
    texts: usize,
}

impl NodeCount {
    /// Counts the nodes of HTML.
    pub fn of(html: &str) -> Self {
        let mut count = Self::default();
        let mut rest = html;
        let mut is_answer = false;
        while !rest.is_empty() {
            let Some(tag) = rest.strip_prefix('<') else {
                count.texts += usize::from(!is_answer);
                rest = &rest[rest.find('<').unwrap_or(rest.len())..];
                continue;
            };
            if tag.starts_with('!') {
                count.comments += 1;
            } else if !tag.starts_with('/') {
                count.elements += 1;
            }
            is_answer = tag.starts_with("textarea");
            rest = &tag[end_of_tag(tag)..];
        }
        count
    }

    /// Returns the value of the attribute `data-nodes`.
    pub fn as_attribute(self) -> String {
        let Self {
            elements,
            comments,
            texts,
        } = self;
        format!("{elements} {comments} {texts}")
    }
}

/// Returns the length of the rest of a tag, including the `>` that ends it. A `>` in quotation
/// marks does not end a tag.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_counted_as_a_browser_counts_them() {
        for (html, expected) in [
            ("", "0 0 0"),
            ("words", "0 0 1"),
            ("<p>words</p>", "1 0 1"),
            ("<p>a<!>b</p><!>", "1 2 2"),
            ("<p>a <b>c</b> d</p>", "2 0 3"),
            ("<input value=\"a>b\"><br>", "2 0 0"),
            ("<input value='a\">b'>c", "1 0 1"),
            ("<textarea>\nwords\n</textarea>words", "1 0 1"),
            ("<textarea></textarea><p> </p>", "2 0 1"),
            ("<p>&lt;a&gt;</p>", "1 0 1"),
        ] {
            assert_eq!(NodeCount::of(html).as_attribute(), expected, "{html}");
        }
    }
}
