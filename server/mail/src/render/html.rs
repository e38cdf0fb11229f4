//! A letter as HTML: one column of text in reading order. The HTML loads nothing from the network,
//! and stays readable in dark mode and at 400% zoom.

use std::fmt::Write;

use crate::letter::{Letter, Part};

const FONT: &str = "font-family:Arial,Helvetica,sans-serif;font-size:19px;line-height:1.4;";

/// Writes the letter as a whole HTML document, with the name of the service at the top.
#[must_use]
pub fn as_html(letter: &Letter, service: &str) -> String {
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"format-detection\" content=\"telephone=no,date=no,address=no,email=no,url=no\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n</head>\n\
         <body style=\"margin:0;padding:20px;{FONT}\">\n\
         <div role=\"article\" aria-label=\"{}\" style=\"max-width:600px;margin:0 auto;\">\n\
         <p style=\"margin:0 0 20px;padding:0 0 10px;border-bottom:4px solid #1d70b8;\"><strong>{}</strong></p>\n\
         <h1 style=\"margin:0 0 20px;font-size:27px;line-height:1.2;\">{}</h1>\n",
        letter.language.code(),
        escaped(&letter.subject),
        escaped(&letter.subject),
        escaped(service),
        escaped(&letter.subject),
    );
    for part in &letter.parts {
        write_part(&mut html, part);
    }
    html.push_str("</div>\n</body>\n</html>\n");
    html
}

fn write_part(html: &mut String, part: &Part) {
    const PARAGRAPH: &str = "margin:0 0 20px;";
    // Writing to a string cannot fail.
    let _written = match part {
        Part::Heading(words) => writeln!(
            html,
            "<h2 style=\"margin:30px 0 15px;font-size:21px;line-height:1.3;\">{}</h2>",
            escaped(words)
        ),
        Part::Paragraph(words) => {
            writeln!(html, "<p style=\"{PARAGRAPH}\">{}</p>", escaped(words))
        }
        Part::Quoted(words) => writeln!(
            html,
            "<blockquote style=\"margin:0 0 20px;padding:0 0 0 15px;border-left:10px solid #b1b4b6;\">{}</blockquote>",
            lines(words)
        ),
        Part::Link(address) => writeln!(
            html,
            "<p style=\"{PARAGRAPH}overflow-wrap:anywhere;\"><a href=\"{0}\">{0}</a></p>",
            escaped(address)
        ),
        Part::Code(code) => writeln!(
            html,
            "<p style=\"{PARAGRAPH}font-size:27px;font-weight:bold;\">{}</p>",
            escaped(code)
        ),
        Part::Points(points) => {
            html.push_str("<ul style=\"margin:0 0 20px;padding:0 0 0 20px;\">\n");
            for point in points {
                let _written = writeln!(
                    html,
                    "<li style=\"margin:0 0 5px;\">{}</li>",
                    escaped(point)
                );
            }
            writeln!(html, "</ul>")
        }
        Part::Answers(answers) => {
            html.push_str("<dl style=\"margin:0 0 20px;\">\n");
            for (asked, answered) in answers {
                let _written = writeln!(
                    html,
                    "<dt style=\"font-weight:bold;\">{}</dt>\n<dd style=\"margin:0 0 10px;overflow-wrap:anywhere;\">{}</dd>",
                    escaped(asked),
                    lines(answered)
                );
            }
            writeln!(html, "</dl>")
        }
    };
}

fn lines(words: &str) -> String {
    let lines: Vec<String> = words.lines().map(escaped).collect();
    lines.join("<br>\n")
}

fn escaped(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            character => html.push(character),
        }
    }
    html
}
