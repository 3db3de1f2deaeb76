//! What a file is, by its name, or by its first bytes where it has none that says so.

use clap::ValueEnum;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One article as plain text.
    Text,
    /// One article as an HTML page.
    Html,
    /// One JSON object a line, each an article.
    Jsonl,
    /// A JSON array of objects, each an article, or a single object.
    Json,
    /// A table with a header, separated by commas, semicolons, tabs or bars, each record an article.
    Csv,
    /// A table separated by tabs.
    Tsv,
    /// Pages as crawlers keep them.
    Warc,
    /// A ZIP archive of any of these.
    Zip,
    /// A tar archive of any of these.
    Tar,
}

/// Extensions, each with its format.
const EXTENSIONS: &[(&str, Format)] = &[
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Text),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("json", Format::Json),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("tab", Format::Tsv),
    ("warc", Format::Warc),
    ("wet", Format::Warc),
    ("zip", Format::Zip),
    ("tar", Format::Tar),
];

impl Format {
    /// The format that a name's extension tells.
    pub fn of_name(name: &str) -> Option<Format> {
        let extension = extension(name)?;
        EXTENSIONS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, format)| *format)
    }

    /// The format that the first bytes tell; text if nothing else.
    pub fn of_head(head: &[u8]) -> Format {
        // An archive begins with its signature; in front of text there may be a mark or spaces.
        let bare = head;
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let begins =
            |with: &str| head.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()));
        if bare.starts_with(b"PK\x03\x04") || bare.starts_with(b"PK\x05\x06") {
            Format::Zip
        } else if bare.get(257..262) == Some(b"ustar") {
            Format::Tar
        } else if begins("WARC/") {
            Format::Warc
        } else if begins("<!doctype html") || begins("<html") || begins("<head") {
            Format::Html
        } else if begins("{") {
            // A record a line, unless the object goes on behind the first line end.
            let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
            if first.len() == head.len() || first.ends_with(b"}") { Format::Jsonl } else { Format::Json }
        } else if begins("[{") || begins("[") && head[1..].trim_ascii_start().starts_with(b"{") {
            Format::Json
        } else {
            Format::Text
        }
    }

    /// Whether a file of this format is one article.
    pub fn is_document(self) -> bool {
        matches!(self, Format::Text | Format::Html)
    }
}

/// A name's extension; a hidden file's name is none.
pub fn extension(name: &str) -> Option<&str> {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_tell_formats() {
        for (head, format) in [
            ("Jakarta (ANTARA) - Harga naik.", Format::Text),
            ("  <!DOCTYPE html><html>", Format::Html),
            ("{\"text\":\"a\"}\n{\"text\"", Format::Jsonl),
            ("{\n  \"text\": \"a\"", Format::Json),
            ("[ {\"text\":\"a\"}", Format::Json),
            ("[Gambar] Harga naik", Format::Text),
            ("WARC/1.0\r\n", Format::Warc),
            ("PK\u{3}\u{4}", Format::Zip),
            ("\r\n PK\u{3}\u{4}", Format::Text),
        ] {
            assert_eq!(Format::of_head(head.as_bytes()), format, "{head}");
        }
        assert_eq!(Format::of_name("a.b/C.NDJSON"), Some(Format::Jsonl));
        assert_eq!(Format::of_name("a.b/.txt"), None);
    }
}
