//! Pages as news sites serve them, with all that stands around an article: what must be read of them, what must not reach
//! extraction, and pages that are broken on purpose.
//!
//! The pages of `tests/pages/` were written for these tests in the manner of each site; every headline that leads to another
//! article names countries that the article itself does not.

mod common;

use common::{in_crate, packs};
use std::collections::BTreeSet;
use std::fs;
use std::thread;
use warta::document::{Document, Meta};
use warta::intake::html::{Page, charset_of, read_page};
use warta::pipeline::extract_document;
use warta::record::Rows;

/// What one page must give.
struct Expected {
    page: &'static str,
    language: &'static str,
    title: &'static str,
    published: &'static str,
    reporter: &'static str,
    /// Beginnings of paragraphs, in order; each stands at a line's head.
    paragraphs: &'static [&'static str],
    /// The quotes: how they begin, and their speaker.
    quotes: &'static [(&'static str, &'static str)],
    /// The countries that are found, no more and no fewer.
    countries: &'static [&'static str],
    /// What must not be in the text.
    absent: &'static [&'static str],
}

const EXPECTED: &[Expected] = &[
    Expected {
        page: "antara",
        language: "id",
        title: "RI dan Jepang perkuat kerja sama pendidikan vokasi",
        published: "2026-11-11T10:11:12+07:00",
        reporter: "Rina Suryani",
        paragraphs: &[
            "Jakarta (ANTARA) - Indonesia memperkuat",
            "“Kami berharap",
            "Kerja sama itu meliputi",
            "\"Kurikulumnya kami",
            "Menurut data",
        ],
        quotes: &[("Kami berharap", "Sekar Prameswari"), ("Kurikulumnya", "Sekar Prameswari")],
        countries: &["IDN", "JPN"],
        absent: &[
            "Beranda",
            "kuki",
            "Malaysia dan Thailand",
            "Meksiko",
            "Terpopuler",
            "dataLayer",
            "googletag",
            "Salin",
        ],
    },
    Expected {
        page: "detik",
        language: "id",
        title: "Mendag Bidik Pasar India untuk Produk Perikanan",
        published: "2026/11/12 09:30:00",
        reporter: "Sari Wulandari",
        paragraphs: &[
            "Jakarta - Pemerintah membidik",
            "\"Pasarnya besar",
            "Ia menjelaskan",
            "“Kami ingin kesepakatan",
            "Nilai ekspor",
        ],
        quotes: &[("Pasarnya", "Arya Wicaksana"), ("Kami ingin", "Arya Wicaksana")],
        countries: &["IDN", "IND", "JPN", "USA"],
        absent: &["Home", "Rusia", "Turki", "Brasil", "Copyright"],
    },
    Expected {
        page: "kompas",
        language: "id",
        title: "Indonesia dan Australia Sepakati Kerja Sama Riset Kelautan",
        published: "2026-11-13 15:04:05",
        reporter: "Bayu Aditya",
        paragraphs: &[
            "JAKARTA, KOMPAS.com - Indonesia",
            "\"Kedua negara",
            "Hendra menyebutkan",
            "\"Peneliti muda",
            "Riset itu",
        ],
        quotes: &[("Kedua negara", "Hendra Wijaya"), ("Peneliti muda", "Hendra Wijaya")],
        countries: &["AUS", "IDN"],
        absent: &["Tren", "Peru", "Copyright", "Login"],
    },
    Expected {
        page: "bernama",
        language: "ms",
        title: "Malaysia, Indonesia Tingkat Kerjasama Pendidikan Tinggi",
        published: "2026-11-14T16:20:00+08:00",
        reporter: "",
        paragraphs: &["KUALA LUMPUR, 14 Nov", "Beliau berkata", "“Kita mahu", "Azman berkata", "“Dana ini"],
        quotes: &[("Kita mahu", "Azman Rahim"), ("Dana ini", "Azman Rahim")],
        countries: &["IDN", "MYS"],
        absent: &["Utama", "Poland", "Mesir", "Penafian"],
    },
    Expected {
        page: "utusan",
        language: "ms",
        title: "Syarikat Jepun bina kilang bateri di Kulim",
        published: "2026-11-15T01:30:00+00:00",
        reporter: "NURUL HIDAYAH",
        paragraphs: &["KULIM: Sebuah", "Katanya", "“Perjanjian", "Ahmad Zaki berkata", "“Kita jangka"],
        quotes: &[("Perjanjian", "Ahmad Zaki Yusof"), ("Kita jangka", "Ahmad Zaki Yusof")],
        countries: &["JPN"],
        absent: &["Laman Utama", "Perancis", "Ukraine", "Hakcipta"],
    },
    Expected {
        page: "jakartapost",
        language: "en",
        title: "Indonesia, Germany to deepen renewable energy cooperation",
        published: "2026-11-16T08:00:00+07:00",
        reporter: "Dian Pertiwi",
        paragraphs: &[
            "Indonesia and Germany",
            "“Germany has been",
            "The agreement was",
            "“We want",
            "Geothermal power",
        ],
        quotes: &[("Germany has been", "Adrian Hartono"), ("We want", "Adrian Hartono")],
        countries: &["DEU", "IDN"],
        absent: &["cookies", "World", "Brazil", "Egypt", "Norway", "Share on"],
    },
    Expected {
        page: "wordpress",
        language: "id",
        title: "Bupati Terima Kunjungan Investor Belanda",
        published: "2026-11-17T07:45:00+07:00",
        reporter: "Tono Raharjo",
        paragraphs: &["TEGAL – Bupati", "“Mereka membawa", "Menurut Ratna", "“Warga tidak", "Perusahaan itu"],
        quotes: &[("Mereka membawa", "Ratna Anggraini"), ("Warga tidak", "Ratna Anggraini")],
        countries: &["NLD"],
        absent: &["Beranda", "Rusia", "Finlandia", "Meksiko", "Didukung", "dipublikasikan"],
    },
    Expected {
        page: "old",
        language: "id",
        title: "Kerja sama beras dengan Myanmar ditandatangani",
        published: "2004-03-02",
        reporter: "",
        paragraphs: &["Pemerintah menandatangani", "“Beras itu", "Beras sebanyak", "“Harga di", "Menurut dia"],
        quotes: &[("Beras itu", "Wibowo Santosa"), ("Harga di", "Wibowo Santosa")],
        countries: &["MMR"],
        absent: &["Utama", "Olahraga"],
    },
];

fn read(name: &str) -> Page {
    let path = in_crate("tests/pages").join(format!("{name}.html"));
    read_page(&fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn rows_of(page: &Page) -> Rows {
    extract_document(&Document::from_text("page", page.text.as_str()), packs(), None, false)
}

#[test]
fn a_page_gives_its_article_and_nothing_else() {
    let mut faults = Vec::new();
    for expected in EXPECTED {
        let page = read(expected.page);
        let mut fault = |what: String| faults.push(format!("{}: {what}", expected.page));
        let meta = Meta {
            title: expected.title.into(),
            published: expected.published.into(),
            reporter: expected.reporter.into(),
        };
        if page.meta != meta {
            fault(format!("{:?}", page.meta));
        }
        if !page.warnings.is_empty() && cfg!(feature = "html") {
            fault(format!("{:?}", page.warnings));
        }
        let mut lines = page.text.lines();
        for paragraph in expected.paragraphs {
            if !lines.any(|line| line.starts_with(paragraph)) {
                fault(format!("no line begins with `{paragraph}` in its place"));
            }
        }
        if cfg!(feature = "html") {
            for absent in expected.absent.iter().filter(|absent| page.text.contains(**absent)) {
                fault(format!("the text holds `{absent}`"));
            }
        }
        let rows = rows_of(&page);
        let article = rows.article.as_ref().map(|article| article.language.as_str());
        if article != Some(expected.language) {
            fault(format!("read as {article:?}"));
        }
        for (begin, speaker) in expected.quotes {
            let found = rows.quotes.iter().find(|quote| quote.text.trim_start_matches(['"', '“']).starts_with(begin));
            if found.is_none_or(|quote| quote.speaker != *speaker) {
                fault(format!("`{begin}` is given to {:?}", found.map(|quote| &quote.speaker)));
            }
        }
        let countries: BTreeSet<&str> = rows.countries.iter().map(|row| row.country.as_str()).collect();
        if cfg!(feature = "html") && countries != expected.countries.iter().copied().collect() {
            fault(format!("countries {countries:?}"));
        }
        if !rows.cooperation.iter().all(|row| expected.countries.contains(&row.partner.as_str())) {
            let partners: Vec<&str> = rows.cooperation.iter().map(|row| row.partner.as_str()).collect();
            if cfg!(feature = "html") {
                fault(format!("partners {partners:?}"));
            }
        }
        if std::env::var_os("WARTA_SHOW").is_some() {
            println!("== {}\n{}\n", expected.page, page.text);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_a_page_declares_is_its_encoding() {
    let old = fs::read(in_crate("tests/pages/old.html")).unwrap();
    assert_eq!(charset_of(&old).as_deref(), Some("windows-1252"));
    let new = fs::read(in_crate("tests/pages/antara.html")).unwrap();
    assert_eq!(charset_of(&new).as_deref(), Some("utf-8"));
}

/// What has no article in it still gives its text, and says so.
#[test]
fn what_is_no_article_gives_its_text_with_a_warning() {
    for empty in ["", " \n ", "<!DOCTYPE html>", "<html><head><title>x</title></head><body></body></html>", "<p></p>"] {
        let page = read_page(empty);
        assert_eq!((page.text.as_str(), page.warnings.len()), ("", 1), "{empty}");
    }
    let plain = "Baris satu & dua.\nBaris tiga.\n\nParagraf dua: 3 < 4.";
    assert_eq!(read_page(plain).text, plain);
    let frames = "<html><frameset cols='20%,*'><frame src=a><frame src=b><noframes>Perlu bingkai</noframes></frameset>";
    assert_eq!(read_page(frames).text, "");
    assert_eq!(read_page("<p>Satu.</p><p>Dua.</p>").text, "Satu.\n\nDua.");
}

/// Shapes that make parsers slow or deep; a stack overflow would end the test program itself.
fn hostile(bytes: usize) -> Vec<(&'static str, String)> {
    let fill = |part: &str| part.repeat(bytes / part.len());
    let numbered = |part: fn(usize) -> String| {
        let mut all = String::new();
        (0..)
            .map(part)
            .take_while(|part| {
                all.len() + part.len() < bytes && {
                    all.push_str(part);
                    true
                }
            })
            .count();
        all
    };
    let mut pages: Vec<(&'static str, String)> = [
        "<div>",
        "<b>",
        "<b><i></b></i>x",
        "<b><p>",
        "<a href=x>y",
        "<font><p>x",
        "<span><p></span></p>",
        "<table><tr><td>x",
        "<table>x",
        "<ul><li>x",
        "<form><div></form>",
        "<svg><td>",
        "<svg></div><path/>",
        "<template>",
        "<select><option>",
        "<button><p>",
        "<nobr>",
        "<h1>",
        "<nav>x",
        "<dl><dt>x<dd>y",
        "<p>x",
        "<br>",
        "a<br>",
        "<!-- -->",
        "<!--",
        "<![CDATA[",
        "<",
        "</",
        "&",
        "&amp;",
        "&#x",
        "<p a=",
        "<p \"",
        "<script>",
        "<style>x",
        "<title>",
        "<textarea>",
        "<noscript><img src=x>",
        "</p>",
        "</br>",
        "</div></b>",
        "<frameset>",
        "<math><mi>",
        "<iframe>",
        "<plaintext>",
        "\0",
        "<p>\u{FEFF}é",
        "<h2>x</h2>",
        "<div><p>x, y, z</p></div>",
    ]
    .iter()
    .map(|part| (*part, fill(part)))
    .collect();
    pages.push(("attributes", format!("<p {}>x</p>", numbered(|number| format!("a{number}=1 ")))));
    pages.push(("unlike", numbered(|number| format!("<b id={number}><p>x</p>"))));
    pages.push(("classes", format!("<div class=\"{}\">x</div>", fill("article comment "))));
    pages.push(("rows", format!("<table>{}</table>", fill("<tr><td>satu</td><td>dua</td></tr>"))));
    pages.push(("json", format!("<script type=application/ld+json>{}</script><p>x", fill("{\"@graph\":["))));
    pages.push(("references in an attribute", format!("<p a=\"{}\">x", fill("&"))));
    pages.push(("references behind a tag", format!("<p>{}", fill("&"))));
    pages.push(("one text", fill("kata, ")));
    pages.push(("deep but closed", format!("{}<p>x{}", "<div>".repeat(bytes / 11), "</div>".repeat(bytes / 11))));
    pages
}

fn survives(pages: Vec<(&'static str, String)>) {
    // Rust gives threads 2 MiB unless told otherwise, and rayon does not.
    let work = move || {
        for (name, page) in pages {
            let started = std::time::Instant::now();
            let read = read_page(&page);
            let seconds = started.elapsed().as_secs_f64();
            assert!(read.text.len() <= 2 * page.len() + 100, "{name}");
            if std::env::var_os("WARTA_SHOW").is_some() {
                let warning = read.warnings.first().map_or("", |notice| notice.message.as_str());
                println!("{seconds:8.3} s  {:8} bytes of text  {name}  {warning}", read.text.len());
            }
        }
    };
    thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn a_hostile_page_costs_no_more_than_its_length() {
    survives(hostile(60_000));
    survives(vec![("8 MB of <div>", "<div>".repeat(8_000_000 / 5))]);
}

/// `cargo test --release --test pages -- --ignored --nocapture` with `WARTA_SHOW=1` tells how long each shape takes.
#[test]
#[ignore = "several minutes of shapes of some MB"]
fn hostile_pages_of_some_megabytes() {
    let bytes = std::env::var("WARTA_BYTES").ok().and_then(|bytes| bytes.parse().ok()).unwrap_or(4_000_000);
    survives(hostile(bytes));
}
