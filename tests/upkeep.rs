//! The upkeep of lexicons: tables put in order, rows that contradict each other, and gaps that become words.

mod common;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use common::{column, folder_of, rows};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use warta::document::Document;
use warta::gap::find_gaps;
use warta::pack::{LayerFile, Layers, Pack, tidy};
use warta::pipeline::with_findings;
use warta::token::fold;

fn warta() -> Command {
    Command::new(env!("CARGO_BIN_EXE_warta"))
}

fn said(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn complaint(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn assert_says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "`{part}` is not said in:\n{message}");
    }
}

// --- check --fix -------------------------------------------------------------------------------------------------------

/// Everything that a spreadsheet and a hurried hand do to a table.
const UNTIDY: &str = "\u{FEFF}form,class,takes,note\r\nzurit,bare,,\r\n mamburi ,bare,,\r\ngurami|gurama,bare,,\r\n\
    zurit,bare,,heard in Medan\r\nlame\u{301},bare,,\r\n,,,\r\nZURIT,bare,,\r\nbazar,active,,\r\naram,bare,,\r\n";

/// The same table as it should be.
const TIDY: &str = "form,class,takes,note\naram,bare,,\ngurama,bare,,\ngurami,bare,,\nlamé,bare,,\nmamburi,bare,,\n\
    zurit,bare,,heard in Medan\nbazar,active,,\n";

#[test]
fn fix_prints_the_table_in_order_and_touches_no_file() {
    let folder =
        folder_of(&[("id/cues.csv", UNTIDY.as_bytes()), ("id/words.csv", b"form,class,note\ndan,conjunction,\n")]);
    let file = folder.path().join("id/cues.csv");
    let assert = warta().args(["check", "--fix"]).arg(folder.path()).assert().code(0);
    assert_eq!(said(&assert), format!("# {}\n{TIDY}", file.display()));
    assert_eq!(fs::read_to_string(&file).unwrap(), UNTIDY);
    let place = |line: usize, what: &str| format!("{}:{line}: {what}", file.display());
    let told = complaint(&assert);
    assert_says(
        &told,
        &[
            &place(3, "`mamburi` had spaces too many"),
            &place(4, "`gurami`, `gurama` are now 2 rows"),
            &place(2, "`zurit` is out: `zurit` in line 5 says the same"),
            &place(6, "`lamé` is now written with composed letters"),
            &place(7, "an empty row is out"),
            &place(8, "`ZURIT` is out: `zurit` in line 5 says the same"),
            &place(10, "`aram` stands out of order; it belongs at the head of the table"),
        ],
    );
    // What is in order is not told of.
    assert!(!told.contains("words.csv"), "{told}");
}

#[test]
fn one_table_can_be_printed_to_be_saved() {
    let folder = folder_of(&[("id/cues.csv", UNTIDY.as_bytes()), ("en/cues.csv", TIDY.as_bytes())]);
    for table in ["id/cues.csv", "en/cues.csv"] {
        let assert = warta().args(["check", "--fix", "--table", table]).arg(folder.path()).assert().code(0);
        assert_eq!(said(&assert), TIDY, "{table}");
    }
    let assert = warta().args(["check", "--fix", "--table", "id/cures.csv"]).arg(folder.path()).assert().code(2);
    assert_says(&complaint(&assert), &["id/cures.csv", "there is no such table"]);
}

/// What only a person can mend is told with its place in the table that came in, not in the printed one.
#[test]
fn fix_tells_what_is_left_to_do() {
    let folder = folder_of(&[
        (
            "id/sectors.csv",
            b"form,sector,class,note\nzeta uji,health,field,\nalfa uji,trade,feild,\nbeta uji,health,field,\n",
        ),
        (
            "id/countries.csv",
            b"form,code,class,case,note\nNegeri Uji,FIN,name,,\nNegeri Uji,SWE,alias,,\nBukit Uji,,name,,\n",
        ),
    ]);
    let place = |file: &str| folder.path().join(file).display().to_string();
    let assert = warta().args(["check", "--fix"]).arg(folder.path()).assert().code(2);
    let told = complaint(&assert);
    assert_says(&told, &[&format!("{}:3: `feild` is not one of: field", place("id/sectors.csv"))]);
    assert_says(&told, &[&format!("{}:4: `Bukit Uji` needs a `code`", place("id/countries.csv"))]);
    let mended = "form,code,class,case,note\nNegeri Uji,SWE,alias,,\nNegeri Uji,FIN,name,,\nBukit Uji,NOR,name,,\n";
    fs::write(folder.path().join("id/countries.csv"), mended).unwrap();
    fs::remove_file(folder.path().join("id/sectors.csv")).unwrap();
    let told = complaint(&warta().args(["check", "--fix"]).arg(folder.path()).assert().code(2));
    // Rows of the class that stands first in the file stay first.
    let (here, there) = (format!("{}:3", place("id/countries.csv")), format!("{}:2", place("id/countries.csv")));
    assert_says(&told, &[&format!("{here}: `Negeri Uji` has the code `FIN`, and `SWE` in {there}; take one out")]);
}

/// A table in order comes back as it is, one out of order says the same afterwards, and putting it in order twice is
/// putting it in order once.
#[test]
fn order_changes_nothing_that_the_tables_say() {
    for table in Layers::default().tables() {
        let table = table.unwrap();
        let once = tidy(&table);
        let again =
            tidy(&LayerFile { text: once.text.clone(), name: table.name.clone(), overlay: false, of_sheet: None });
        assert!(again.changes.is_empty(), "{}: {}", table.name, again.changes[0]);
        let lines = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        let (before, after) = (lines(&table.text), lines(&once.text));
        let gone = once.changes.iter().filter(|change| change.message.contains("is out: ")).count();
        assert_eq!(before.len(), after.len() + gone, "{}", table.name);
        assert!(after.iter().all(|line| before.binary_search(line).is_ok()), "{}: a row has changed", table.name);
    }
}

/// Of the rows of one form the first counts first: sorting lets none pass another.
#[test]
fn the_first_row_of_a_form_stays_the_first() {
    let text = "form,class,takes,note\nzurit,bare,,\nomaga,active,,\nomaga,bare,,\n";
    let table =
        |text: &str| LayerFile { name: "id/cues.csv".to_owned(), text: text.to_owned(), overlay: true, of_sheet: None };
    assert!(tidy(&table(text)).changes.is_empty());
    let sorted = tidy(&table(&format!("{text}aram,bare,,\n"))).text;
    assert_eq!(sorted, "form,class,takes,note\naram,bare,,\nzurit,bare,,\nomaga,active,,\nomaga,bare,,\n");
    for file in Layers::default().tables() {
        let file = file.unwrap();
        let rows_by_form = |text: &str| {
            let mut forms: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for row in csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap) {
                forms.entry(fold(&row[0]).into_owned()).or_default().push(row.iter().collect::<Vec<_>>().join(","));
            }
            forms
        };
        let (before, after) = (rows_by_form(&file.text), rows_by_form(&tidy(&file).text));
        for (form, rows) in after {
            let kept: Vec<String> = before[&form].iter().filter(|row| rows.contains(row)).cloned().collect();
            assert_eq!(rows, kept, "{}: {form}", file.name);
        }
    }
}

// --- contradictions ----------------------------------------------------------------------------------------------------

#[test]
fn nothing_that_is_built_in_contradicts_itself() {
    for pack in common::packs().iter() {
        let found: Vec<String> = pack.contradictions().iter().map(ToString::to_string).collect();
        assert_eq!(found, Vec::<String>::new(), "{}", pack.language);
    }
}

#[test]
fn contradictions_are_told_with_both_places() {
    let folder = folder_of(&[
        ("id/countries.csv", b"form,code,class,case,note\nUjia,FIN,name,,\nUjiland,SWE,name,,\nUjimark,NOR,name,,\nUjiria,DNK,epithet,,\n"),
        ("id/masks.csv", b"form,class,note\nUjia,phrase,\n"),
        ("id/places.csv", b"form,class,country,note\nUjiland,city,IDN,\nUjimark,city,IDN,both are meant\nKota Uji,city,IDN,\nKota Uji,regency,MYS,\n"),
        ("id/references.csv", b"form,class,note\nUjiria,that,\n"),
        ("id/cues.csv", b"form,class,takes,note\nmenguji,active,that,\nmenguji,not,,\n"),
        ("id/sectors.csv", b"form,sector,class,note\nilmu uji,science,field,\nilmu uji,education,programme,\n"),
        ("id/cooperation.csv", b"form,class,stage,instrument,weak,note\nadu uji,noun,,,,\n"),
        ("id/contexts.csv", b"form,class,note\nadu uji,sport,\n"),
        ("id/positions.csv", b"form,class,kind,note\nKaju,blend,government,\n"),
        ("id/institutions.csv", b"form,class,kind,country,state,note\nKaju,name,civil,IDN,,\n"),
    ]);
    let at = |file: &str, line: usize| format!("{}:{line}", folder.path().join("id").join(file).display());
    let assert = warta().arg("check").arg(folder.path()).assert().code(2);
    let told = complaint(&assert);
    let pairs = [
        (at("countries.csv", 2), at("masks.csv", 2)),
        (at("countries.csv", 3), at("places.csv", 2)),
        (at("countries.csv", 5), at("references.csv", 2)),
        (at("places.csv", 5), at("places.csv", 4)),
        (at("cues.csv", 3), at("cues.csv", 2)),
        (at("sectors.csv", 3), at("sectors.csv", 2)),
        (at("cooperation.csv", 2), at("contexts.csv", 2)),
        (at("positions.csv", 2), at("institutions.csv", 2)),
    ];
    for (here, there) in &pairs {
        let line = told.lines().find(|line| line.starts_with(&format!("{here}: ")));
        let line = line.unwrap_or_else(|| panic!("nothing is told of {here}:\n{told}"));
        assert!(line.contains(&format!("{there}; ")), "{line}");
    }
    // Ujimark gives its reason in a note.
    assert_eq!(told.matches("; take one out").count(), pairs.len(), "{told}");
    assert_says(&said(&assert), &["8 contradictions"]);
}

// --- gaps --------------------------------------------------------------------------------------------------------------

/// Words that no table has, each where its table's words stand.
const INDONESIAN: &str = "Kerja sama di bidang perwayangan\n\nIndonesia dan Elbonia menjajaki kerja sama di bidang perwayangan.\n\n\
    \"Kami menunggu jawaban dari pemerintah Elbonia sampai akhir bulan ini,\" gumamkan Sekar Prameswari di Jakarta, Senin.\n\n\
    \"Pasar kita masih terbuka untuk barang dari sana,\" gumamkan Rudi Hartanto di Medan.\n\n\
    Rudi Hartanto, pengrawit senior, mengatakan bahwa pasar masih sepi.\n\n\
    Ketua YKWQ Bondan Prasetyaji mengatakan bahwa harga beras sudah turun.\n";

const ENGLISH: &str = "Talks about puppetry\n\nIndonesia and Elbonia agreed to work together in the field of puppetry last week.\n\n\
    \"We are waiting for the government of Elbonia to answer us,\" murmurred Sekar Prameswari in Jakarta on Monday.\n\n\
    The chairman of YKWQ, Rudi Hartanto, said that the market was still quiet and that it would stay so.\n";

const MALAY: &str = "Kerjasama dalam bidang perwayangan\n\nMalaysia dan Elbonia bersetuju bekerjasama dalam bidang perwayangan.\n\n\
    \"Kami menunggu jawapan daripada kerajaan Elbonia sehingga akhir bulan ini,\" gumamkan Sekar Prameswari di Kuala Lumpur.\n\n\
    Pengerusi YKWQ, Rudi Hartanto berkata pasaran masih lengang.\n";

fn inputs() -> TempDir {
    folder_of(&[
        ("in/id.txt", INDONESIAN.as_bytes()),
        ("in/en.txt", ENGLISH.as_bytes()),
        ("in/ms.txt", MALAY.as_bytes()),
    ])
}

fn gaps(project: &Path, input: &str, lang: &str, more: &[&str]) -> Assert {
    let out = project.join(format!("{lang}.csv"));
    warta()
        .arg("gaps")
        .arg(project.join("in").join(input))
        .arg("--out")
        .arg(out)
        .args(["--lang", lang])
        .args(more)
        .assert()
}

/// Table and form of every row of a sheet, with its count.
fn found(project: &Path, sheet: &str) -> BTreeMap<(String, String), String> {
    rows(project, sheet)
        .into_iter()
        .map(|row| ((row["table"].clone(), row["form"].clone()), row["count"].clone()))
        .collect()
}

#[test]
fn gaps_name_what_no_table_knows() {
    let project = inputs();
    let has = |lang: &str, expected: &[(&str, &str, &str)]| {
        gaps(project.path(), &format!("{lang}.txt"), lang, &[]).code(0);
        let found = found(project.path(), &format!("{lang}.csv"));
        for (table, form, count) in expected {
            let key = ((*table).to_owned(), (*form).to_owned());
            assert_eq!(found.get(&key).map(String::as_str), Some(*count), "{lang} {table} {form}: {found:?}");
        }
    };
    let indonesian = [
        ("countries", "Elbonia", "2"),
        ("cues", "gumamkan", "2"),
        ("positions", "pengrawit", "1"),
        ("institutions", "YKWQ", "1"),
        ("sectors", "perwayangan", "1"),
    ];
    has("id", &indonesian);
    let english = [
        ("countries", "Elbonia", "2"),
        ("cues", "murmurred", "1"),
        ("institutions", "YKWQ", "1"),
        ("sectors", "puppetry", "1"),
    ];
    has("en", &english);
    let malay = [
        ("countries", "Elbonia", "2"),
        ("cues", "gumamkan", "1"),
        ("institutions", "YKWQ", "1"),
        ("sectors", "perwayangan", "1"),
    ];
    has("ms", &malay);
}

#[test]
fn a_sheet_shows_an_example_and_what_its_table_needs() {
    let project = inputs();
    let assert = gaps(project.path(), "id.txt", "id", &[]).code(0);
    assert_says(&said(&assert), &["1 articles, 0 rejected, ", " gaps -> "]);
    let sheet = rows(project.path(), "id.csv");
    let row = sheet.iter().find(|row| row["form"] == "gumamkan").expect("the cue is found");
    assert!(row["example"].starts_with("\"Kami menunggu jawaban"), "{row:?}");
    assert_eq!((row["lang"].as_str(), row["doc_id"].as_str(), row["documents"].as_str()), ("id", "id.txt", "1"));
    assert_eq!((row["hint"].as_str(), row["class"].as_str(), row["takes"].as_str()), ("bare", "", ""));
    assert_eq!((row["code"].as_str(), row["sector"].as_str(), row["country"].as_str()), ("-", "-", "-"));
    // By table, then by count, then by form.
    let order: Vec<(String, i64, String)> = sheet
        .iter()
        .map(|row| (row["table"].clone(), -row["count"].parse::<i64>().unwrap(), row["form"].clone()))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    gaps(project.path(), "id.txt", "id", &["--force", "--top", "1"]).code(0);
    let tables = column(project.path(), "id.csv", "table");
    assert_eq!(tables, ["countries", "cues", "institutions", "positions", "sectors"]);
}

#[test]
fn a_sheet_that_is_there_is_replaced_with_force_only() {
    let project = inputs();
    fs::write(project.path().join("id.csv"), "my work").unwrap();
    let assert = gaps(project.path(), "id.txt", "id", &[]).code(2);
    assert_says(&complaint(&assert), &["id.csv: is already there; replace it with --force"]);
    assert_eq!(fs::read_to_string(project.path().join("id.csv")).unwrap(), "my work");
    gaps(project.path(), "id.txt", "id", &["--force"]).code(0);
}

#[test]
fn an_input_that_cannot_be_read_is_told_and_the_rest_goes_on() {
    let project = folder_of(&[("in/id.txt", INDONESIAN.as_bytes()), ("in/picture.txt", b"GIF89a no text")]);
    let assert = gaps(project.path(), "", "id", &[]).code(1);
    assert_says(&complaint(&assert), &["picture.txt", "GIF"]);
    assert_says(&said(&assert), &["1 articles, 1 rejected"]);
    assert!(found(project.path(), "id.csv").contains_key(&("cues".to_owned(), "gumamkan".to_owned())));
}

/// Texts that end anywhere, within a name, a quotation or a slot: nothing of them may stop the search.
#[test]
fn texts_that_are_cut_anywhere_have_gaps_too() {
    for pack in common::packs().iter() {
        for (name, text) in common::corpus_texts(&pack.language) {
            for end in (0..text.len()).step_by(211).filter(|end| text.is_char_boundary(*end)) {
                let document = Document::from_text(name.clone(), &text[..end]);
                with_findings(&document, pack, None, |found| {
                    for gap in find_gaps(found) {
                        let words = found.reading.words(&gap.tokens);
                        assert!(!words.is_empty() && gap.tokens.end <= found.reading.tokens.len(), "{name}: {gap:?}");
                    }
                });
            }
        }
    }
}

#[test]
fn the_number_of_threads_cannot_be_seen_in_a_sheet() {
    let project = tempfile::tempdir().unwrap();
    let sheet = |name: &str, threads: &str| {
        let out = project.path().join(name);
        let folders = ["id", "en", "ms"].map(|language| common::in_crate(&format!("corpus/{language}")));
        let lexicons = folder_of(&[
            ("id/cues.csv", b"form,class,takes,note\nkata,drop,,\nujar,drop,,\n"),
            ("en/cues.csv", b"form,class,takes,note\nsaid,drop,,\n"),
        ]);
        let mut command = warta();
        command.arg("gaps").args(folders).args(["--include", "*.txt"]).arg("--lexicons").arg(lexicons.path());
        command.arg("--out").arg(&out).args(["--threads", threads]).assert().code(0);
        fs::read_to_string(out).unwrap()
    };
    let one = sheet("one.csv", "1");
    assert!(one.contains(",cues,kata,"), "{one}");
    assert_eq!(one, sheet("many.csv", "7"));
}

// --- a completed sheet as lexicons -------------------------------------------------------------------------------------

/// Fills cells of the rows of these forms, as a person does in a spreadsheet.
fn complete(sheet: &Path, filled: &[(&str, &[(&str, &str)])]) {
    let mut reader = csv::Reader::from_path(sheet).unwrap();
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for record in reader.records().map(Result::unwrap) {
        let cells = filled.iter().find(|(form, _)| &record[2] == *form).map_or(&[][..], |(_, cells)| cells);
        let row = header
            .iter()
            .zip(&record)
            .map(|(name, cell)| cells.iter().find(|(column, _)| *column == name).map_or(cell, |(_, filled)| filled));
        writer.write_record(row).unwrap();
    }
    fs::write(sheet, writer.into_inner().unwrap()).unwrap();
}

fn extract(project: &Path, more: &[&str]) -> Assert {
    let (input, out) = (project.join("in/id.txt"), project.join("out"));
    warta().arg("extract").arg(input).arg("--out").arg(out).args(["--lang", "id", "--force"]).args(more).assert()
}

#[test]
fn a_completed_sheet_is_laid_over_and_its_words_are_known() {
    let project = inputs();
    let (sheet, out) = (project.path().join("id.csv"), project.path().join("out"));
    gaps(project.path(), "id.txt", "id", &[]).code(0);
    let laid = ["--lexicons", sheet.to_str().unwrap()];

    // As it was written a sheet changes nothing.
    extract(project.path(), &[]).code(0);
    let before = common::csv_files(&out);
    extract(project.path(), &laid).code(0);
    assert_eq!(before, common::csv_files(&out));
    assert!(!column(&out, "countries.csv", "surface").contains(&"Elbonia".to_owned()));
    assert!(!column(&out, "quotes.csv", "cue").contains(&"gumamkan".to_owned()));

    complete(
        &sheet,
        &[
            ("Elbonia", &[("class", "name"), ("code", "FIN")]),
            ("gumamkan", &[("class", "bare")]),
            ("perwayangan", &[("class", "field"), ("sector", "culture"), ("note", "shadow theatre")]),
        ],
    );
    extract(project.path(), &laid).code(0);
    let country = rows(&out, "countries.csv").into_iter().find(|row| row["surface"] == "Elbonia").expect("it is known");
    assert_eq!((country["country"].as_str(), country["rule"].as_str()), ("FIN", "countries/Elbonia"));
    let quotes = rows(&out, "quotes.csv");
    let speakers: Vec<&str> =
        quotes.iter().filter(|row| row["cue"] == "gumamkan").map(|row| row["speaker"].as_str()).collect();
    assert_eq!(speakers, ["Sekar Prameswari", "Rudi Hartanto"]);
    let record = &rows(&out, "cooperation.csv")[0];
    assert_eq!((record["partner"].as_str(), record["sector"].as_str()), ("FIN", "culture"));
    let run = fs::read_to_string(out.join("run.json")).unwrap();
    assert!(run.contains("id.csv"), "the sheet is named with its hash");

    // What is known is no gap any more; a row without a class still is one.
    let again = project.path().join("again.csv");
    warta().arg("gaps").arg(project.path().join("in/id.txt")).arg("--out").arg(&again).args(laid).assert().code(0);
    let left = found(project.path(), "again.csv");
    let forms: Vec<&str> = left.keys().map(|(_, form)| form.as_str()).collect();
    assert!(!forms.contains(&"Elbonia") && !forms.contains(&"gumamkan") && forms.contains(&"YKWQ"), "{forms:?}");

    warta().arg("explain").arg("countries/Elbonia").args(laid).assert().code(0);
    warta().args(["check", "--fix"]).arg(&sheet).assert().code(0);
}

/// Spreadsheets of Indonesia save with semicolons, a byte-order mark and the line ends of Windows.
#[test]
fn a_sheet_may_come_as_spreadsheets_save_it() {
    let text =
        "\u{FEFF}lang;table;form;count;class;code\r\nid;countries;Elbonia;2;name;FIN\r\nid;cues;gumamkan;1;;-\r\n";
    let project = folder_of(&[("in/id.txt", INDONESIAN.as_bytes()), ("words.csv", text.as_bytes())]);
    let sheet = project.path().join("words.csv");
    let layers = Layers::over(std::slice::from_ref(&sheet)).unwrap();
    let pack = Pack::load(&layers, "id").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(pack.rows_named("countries/Elbonia").len(), 1);
    assert!(pack.rows_named("cues/gumamkan").is_empty());
    // Only the language that is named is given the word.
    let other = Pack::load(&layers, "ms").unwrap_or_else(|error| panic!("{error}"));
    assert!(other.rows_named("countries/Elbonia").is_empty());
}

#[test]
fn mistakes_in_a_sheet_are_told_with_their_places() {
    let refused = |text: &str, parts: &[&str]| {
        let project = folder_of(&[("in/id.txt", INDONESIAN.as_bytes()), ("words.csv", text.as_bytes())]);
        let sheet = project.path().join("words.csv");
        let assert = extract(project.path(), &["--lexicons", sheet.to_str().unwrap()]).code(2);
        let told = complaint(&assert);
        assert_says(&told, &[&sheet.display().to_string()]);
        assert_says(&told, parts);
    };
    let header = "lang,table,form,class,code,kind,takes\n";
    refused("form,class,note\nkata,bare,\n", &["is neither a lexicon folder nor a sheet of `warta gaps`", "`lang`"]);
    refused(&format!("{header}id,countries,Elbonia,name,,-,-\n"), &["words.csv:2:27: `Elbonia` needs a `code`"]);
    refused(&format!("{header}id,countries,Elbonia,name,QQQ,-,-\n"), &["words.csv:2:27: ", "QQQ", "shared/codes.csv"]);
    refused(&format!("{header}id,cues,gumamkan,bear,-,-,\n"), &["words.csv:2:18: `bear` is not one of: bare"]);
    refused(
        &format!("{header}id,cues,gumamkan,bare,FIN,-,\n"),
        &["words.csv:2:23: `FIN`", "`cues` has no column `code`"],
    );
    refused(&format!("{header}xx,cues,gumamkan,bare,-,-,\n"), &["words.csv:2:1: there is no language pack `xx`"]);
    refused(&format!("{header}id,cures,gumamkan,bare,-,-,\n"), &["words.csv:2:4: `cures` is no table"]);
    refused(&format!("{header}id,cues,,bare,-,-,\n"), &["words.csv:2: `form` is empty"]);
}
