//! What a page says of its article: title, author, date. Sources are asked in the order in which they are to be believed:
//! JSON-LD, then `meta`, then what the page shows.

use super::entities::decode;
use super::tags::{Piece, Tag, pieces};
use crate::document::Meta;
use serde_json::Value;

/// Names of `meta` fields, in the order in which they are believed; a name in a site's own space (`dtk:publishdate`) counts
/// by what follows the colon.
const TITLES: &[&str] = &["og:title", "twitter:title", "title", "dc.title", "dcterms.title", "parsely-title"];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "content_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
];
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "published_time",
    "publishdate",
    "publish-date",
    "publish_date",
    "publisheddate",
    "content_publisheddate",
    "content_publishdate",
    "pubdate",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "sailthru.date",
];
const SITES: &[&str] = &["og:site_name", "application-name", "publisher", "twitter:site"];
/// What parts a title from the name of its site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " » ", " :: ", " • ", " · ", "|"];
/// The longest author; what is longer is a sentence.
const LONGEST_AUTHOR: usize = 120;
/// The longest heading, in bytes.
const LONGEST_HEADING: usize = 600;
/// How deep JSON-LD is looked into.
const DEPTH: usize = 6;

/// What the tags hold, before it is weighed.
#[derive(Default)]
struct Fields {
    metas: Vec<(String, String)>,
    title: String,
    heading: String,
    time: String,
    /// The text of the first link to an author.
    byline: String,
    articles: Vec<Meta>,
    site: String,
}

/// Reads title, date and author.
pub fn read_head(html: &str) -> Meta {
    let fields = gather(html);
    let told = fields.articles.first().cloned().unwrap_or_default();
    let site = if fields.site.is_empty() { fields.meta(SITES) } else { fields.site.clone() };
    let titles = [&told.title, &fields.meta(TITLES), &fields.heading, &fields.title];
    let title = first(titles.map(|title| without_site(title, &site, &fields.heading)));
    let not_site = |name: String| if name == site { String::new() } else { name };
    Meta {
        title,
        published: first([told.published, fields.meta(DATES), fields.time.clone()]),
        reporter: first([told.reporter, not_site(fields.meta_as(AUTHORS, author)), not_site(author(&fields.byline))]),
    }
}

/// An author's name as it may stand in a table: no address, no sentence.
pub fn author(text: &str) -> String {
    let name = tidy(text);
    let is_address = name.contains("://") || name.starts_with('@') || name.starts_with('/');
    if is_address || name.chars().count() > LONGEST_AUTHOR { String::new() } else { name }
}

fn first<const N: usize>(values: [String; N]) -> String {
    values.into_iter().find(|value| !value.is_empty()).unwrap_or_default()
}

/// One line without entities; some pages escape them twice.
fn tidy(text: &str) -> String {
    decode(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Fields {
    /// The first value of the first of `names` that is left of `read`. A site's own field comes after the one that all have.
    fn meta_as(&self, names: &[&str], read: fn(&str) -> String) -> String {
        let own = |known: &str, name: &str| known.rsplit_once(':').is_some_and(|(_, own)| own == name);
        let named = |exact: bool| {
            let is = move |known: &str, name: &str| if exact { known == name } else { own(known, name) };
            names.iter().flat_map(move |name| self.metas.iter().filter(move |(known, _)| is(known, name)))
        };
        let values = named(true).chain(named(false)).map(|(_, value)| read(value));
        values.into_iter().find(|value| !value.is_empty()).unwrap_or_default()
    }

    fn meta(&self, names: &[&str]) -> String {
        self.meta_as(names, str::to_owned)
    }

    fn take_meta(&mut self, tag: Tag) {
        let Some(content) = tag.attribute("content").map(|content| tidy(&content)) else { return };
        for kind in ["property", "name", "itemprop"] {
            if let Some(name) = tag.attribute(kind) {
                let name = name.trim().to_ascii_lowercase();
                if !content.is_empty() && self.metas.len() < 512 && !self.metas.iter().any(|(known, _)| *known == name)
                {
                    self.metas.push((name, content.clone()));
                }
            }
        }
    }
}

/// The title without the site's name behind it: known by its name, by the heading that lacks it, or by its shape.
fn without_site(title: &str, site: &str, heading: &str) -> String {
    let mut title = tidy(title);
    // `Title - Politics - Site` has two.
    for _ in 0..3 {
        let parts = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator));
        let Some((head, tail)) = parts.min_by_key(|(_, tail)| tail.len()) else { break };
        let (head, tail) = (head.trim(), tail.trim());
        let (named, small) = (site.to_lowercase(), tail.to_lowercase());
        let by_name = !named.is_empty() && !small.is_empty() && (named.contains(&small) || small.contains(&named));
        let by_heading = !heading.is_empty() && (heading == head || head.starts_with(heading));
        let words = |text: &str| text.split_whitespace().count();
        let by_shape = heading != title && words(head) >= 4 && words(tail) <= 3;
        if !(by_name || by_heading || by_shape) {
            break;
        }
        title = head.to_owned();
    }
    // What follows the whole heading is the number of a page.
    let whole = heading.split_whitespace().count() >= 4 && title.starts_with(heading);
    if whole { heading.to_owned() } else { title }
}

fn gather(html: &str) -> Fields {
    let mut fields = Fields::default();
    let mut in_heading = false;
    let mut cut = pieces(html);
    while let Some(piece) = cut.next() {
        match piece {
            Piece::Open(tag) if tag.is("meta") => fields.take_meta(tag),
            // A drawing has a title too, but later.
            Piece::Open(tag) if tag.is("title") && fields.title.is_empty() => {
                if let Some(Piece::Raw(title)) = cut.clone().next() {
                    fields.title = tidy(title);
                }
            }
            Piece::Open(tag) if tag.is("script") => {
                let kind = tag.attribute("type").unwrap_or_default();
                if kind.trim().eq_ignore_ascii_case("application/ld+json")
                    && let Some(Piece::Raw(json)) = cut.next()
                {
                    take_json(json, &mut fields);
                }
            }
            Piece::Open(tag) if tag.is("h1") => in_heading = fields.heading.is_empty(),
            Piece::Close(name) if name.eq_ignore_ascii_case("h1") => {
                in_heading = false;
                fields.heading = tidy(&fields.heading);
            }
            Piece::Open(tag) if tag.is("time") && fields.time.is_empty() => {
                fields.time = tag.attribute("datetime").map(|time| tidy(&time)).unwrap_or_default();
            }
            Piece::Open(tag) if tag.is("a") && fields.byline.is_empty() => {
                let rel = tag.attribute("rel").unwrap_or_default();
                if rel.split_whitespace().any(|relation| relation.eq_ignore_ascii_case("author"))
                    && let Some(Piece::Text(name)) = cut.clone().next()
                {
                    fields.byline = tidy(name);
                }
            }
            Piece::Text(text) if in_heading => {
                fields.heading.push_str(&decode(text));
                // A heading that never ends is none.
                if fields.heading.len() > LONGEST_HEADING {
                    (in_heading, fields.heading) = (false, String::new());
                }
            }
            _ => {}
        }
    }
    fields
}

/// Reads JSON-LD: an object, a list, or a graph of them.
fn take_json(json: &str, fields: &mut Fields) {
    // Line breaks within strings are an error that sites make; between tokens a space does as well.
    let json = json.replace(|c: char| c.is_ascii_control(), " ");
    let json = json.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let json = json.trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim_end_matches(';');
    let Ok(root) = serde_json::from_str::<Value>(json) else { return };
    let mut nodes = Vec::new();
    list_nodes(&root, DEPTH, &mut nodes);
    for node in &nodes {
        let is_article = |kind: &str| kind.ends_with("Article") || kind.ends_with("Posting");
        if !kinds(node).any(is_article) {
            continue;
        }
        let text = |key: &str| node.get(key).and_then(Value::as_str).map(tidy).unwrap_or_default();
        if fields.site.is_empty() {
            fields.site = node.get("publisher").map(|publisher| names(publisher, &nodes)).unwrap_or_default();
        }
        let reporter = node.get("author").or_else(|| node.get("creator")).map(|author| names(author, &nodes));
        fields.articles.push(Meta {
            title: first([text("headline"), text("name")]),
            published: first([text("datePublished"), text("dateCreated")]),
            reporter: reporter.filter(|name| *name != fields.site).unwrap_or_default(),
        });
    }
}

fn kinds(node: &Value) -> impl Iterator<Item = &str> {
    let kind = node.get("@type");
    let listed = kind.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    kind.and_then(Value::as_str).into_iter().chain(listed)
}

/// The objects that stand side by side in lists and graphs.
fn list_nodes<'a>(value: &'a Value, depth: usize, nodes: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) if depth > 0 => values.iter().for_each(|value| list_nodes(value, depth - 1, nodes)),
        Value::Object(fields) => {
            nodes.push(value);
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = fields.get(key).filter(|_| depth > 0) {
                    list_nodes(inner, depth - 1, nodes);
                }
            }
        }
        _ => {}
    }
}

/// The names in an author's or publisher's place; an object may point to another by its `@id`.
fn names(value: &Value, nodes: &[&Value]) -> String {
    match value {
        Value::String(name) => author(name),
        Value::Array(values) => {
            let mut all: Vec<String> = values.iter().map(|value| names_of_one(value, nodes)).collect();
            all.retain(|name| !name.is_empty());
            all.dedup();
            all.join("|")
        }
        one => names_of_one(one, nodes),
    }
}

fn names_of_one(value: &Value, nodes: &[&Value]) -> String {
    let name = |value: &Value| value.get("name").and_then(Value::as_str).map(author);
    if let Some(text) = value.as_str() {
        return author(text);
    }
    let pointed = || {
        let id = value.get("@id")?.as_str()?;
        nodes.iter().find(|node| node.get("@id").and_then(Value::as_str) == Some(id)).and_then(|node| name(node))
    };
    name(value).or_else(pointed).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(title: &str, published: &str, reporter: &str) -> Meta {
        Meta { title: title.into(), published: published.into(), reporter: reporter.into() }
    }

    #[test]
    fn a_graph_names_its_author_elsewhere() {
        let html = "<title>x</title><script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[
            {\"@type\":\"WebPage\",\"name\":\"no\"},{\"@type\":[\"Article\",\"NewsArticle\"],\"headline\":\"Satu &amp;\n dua\",
            \"datePublished\":\"2025-01-02\",\"author\":{\"@id\":\"#a\"}},{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Rini\"}]}
            </script>";
        assert_eq!(read_head(html), meta("Satu & dua", "2025-01-02", "Rini"));
    }

    #[test]
    fn metas_stand_in_for_it() {
        let html = "<META PROPERTY=og:title CONTENT='A &amp;quot;b&amp;quot; | Situs'><meta property=og:site_name content=Situs>
            <meta name=dtk:publishdate content=2025/01/02><meta name=article:author content=https://x.example/y>
            <meta name=dtk:author content=Rini><h1>no</h1><script type=application/ld+json>{broken</script>";
        assert_eq!(read_head(html), meta("A \"b\"", "2025/01/02", "Rini"));
    }

    #[test]
    fn the_page_itself_comes_last() {
        let html = "<title>Menteri: kerja sama naik - Politik - Situs</title><h1> Menteri: <i>kerja</i> sama
            naik</h1><time>x</time><time datetime=2025-01-02>";
        assert_eq!(read_head(html), meta("Menteri: kerja sama naik", "2025-01-02", ""));
        assert_eq!(read_head("<title>Satu dua tiga empat | Situs</title>").title, "Satu dua tiga empat");
        assert_eq!(read_head("<title>Kerja sama Jepang - Indonesia naik lagi tahun ini</title>").title.len(), 49);
        assert_eq!(read_head(""), Meta::default());
    }

    #[test]
    fn deep_json_is_passed_over() {
        let html = format!("<script type=application/ld+json>{}</script><h1>a</h1>", "[".repeat(100_000));
        assert_eq!(read_head(&html).title, "a");
    }
}
