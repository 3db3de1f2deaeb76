//! The commands as a user meets them: what they write, what they say, and the exit codes that scripts rely on.
//!
//! `extract` ends with 0 if all went well, 1 if an input was rejected, 2 for wrong use, lexicon or input, 3 if the disk
//! failed; the other commands with 0 or 2.

mod common;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use common::{column, corpus_folder, csv_files, folder_of, names_in, project, rows};
use std::fs;
use std::path::Path;

const ARTICLE: &str = "Jepang dan Indonesia perkuat kerja sama pendidikan\n\nJakarta (ANTARA) - Indonesia dan Jepang sepakat \
    meningkatkan kerja sama di bidang pendidikan.\n\n\"Kami akan mengirim lima puluh guru ke Osaka tahun ini,\" kata Menteri \
    Pendidikan Rudi Hartanto di Jakarta, Senin.\n\nRudi mengatakan bahwa kerja sama itu sudah berjalan sepuluh tahun.\n";

/// One more, so that a duplicate is not simply the whole folder.
const OTHER: &str = "Harga beras turun di Medan\n\nHarga beras turun di semua pasar di Medan, kata Kepala Dinas Perdagangan \
    Sekar Prameswari, Selasa.\n\n\"Stok aman sampai akhir tahun,\" katanya.\n";

/// Every table of a run without `--mentions`.
const TABLES: [&str; 8] = [
    "articles.csv",
    "cooperation.csv",
    "countries.csv",
    "errors.csv",
    "officials.csv",
    "partners.csv",
    "quotes.csv",
    "sectors.csv",
];

fn warta() -> Command {
    Command::new(env!("CARGO_BIN_EXE_warta"))
}

/// `warta extract INPUT --out OUT --lang id`, and what else is given.
fn extract(input: &Path, out: &Path, more: &[&str]) -> Assert {
    warta().arg("extract").arg(input).arg("--out").arg(out).args(["--lang", "id"]).args(more).assert()
}

/// What a command said on standard error.
fn complaint(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn said(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

/// Fails with the whole message if a part is not in it.
fn assert_says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "`{part}` is not said in:\n{message}");
    }
}

// --- extract: what it writes -------------------------------------------------------------------------------------------

#[test]
fn extract_writes_the_tables_and_what_describes_them() {
    let project = project(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", OTHER.as_bytes())]);
    let (input, out) = (project.path().join("in"), project.path().join("out"));
    let assert = extract(&input, &out, &[]).code(0);
    assert_says(&said(&assert), &["2 articles", "0 rejected"]);
    let mut expected: Vec<&str> = TABLES.to_vec();
    expected.extend(["datapackage.json", "run.json"]);
    expected.sort_unstable();
    assert_eq!(names_in(&out), expected);
    assert_eq!(column(&out, "articles.csv", "doc_id"), ["a.txt", "b.txt"]);
    let quote = rows(&out, "quotes.csv").into_iter().find(|row| row["kind"] == "direct").expect("there is a quote");
    assert_eq!(quote["text"], "Kami akan mengirim lima puluh guru ke Osaka tahun ini,");
    assert_eq!((quote["speaker"].as_str(), quote["rule"].as_str()), ("Rudi Hartanto", "content-cue-speaker"));
    let partners = column(&out, "cooperation.csv", "partner");
    assert_eq!(partners, ["JPN"]);
}

#[test]
fn mentions_are_written_on_request() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &["--mentions"]).code(0);
    let surfaces = column(&out, "mentions.csv", "surface");
    assert!(surfaces.contains(&"Jepang".to_owned()), "{surfaces:?}");
    let package = fs::read_to_string(out.join("datapackage.json")).unwrap();
    assert!(package.contains("mentions.csv"));
}

/// The three counts add up to the inputs, and each input stands in exactly one place.
#[test]
fn every_input_is_ok_warned_or_rejected() {
    let files: [(&str, &[u8]); 6] = [
        ("a.txt", ARTICLE.as_bytes()),
        ("b.txt", OTHER.as_bytes()),
        ("empty.txt", b""),
        ("picture.txt", b"\xFF\xD8\xFF\xE0 no article"),
        ("note.pdf", b"no article"),
        ("odd.txt", "Harga naik.\n\n\"Kami menunggu.\n\nPasar dibuka lagi.\n".as_bytes()),
    ];
    let project = project(&files);
    let (input, out) = (project.path().join("in"), project.path().join("out"));
    extract(&input, &out, &[]).code(1);
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    let count = |name: &str| run["counts"][name].as_u64().unwrap_or_else(|| panic!("run.json has no count `{name}`"));
    assert_eq!(count("inputs"), 5);
    assert_eq!(count("ok") + count("warned") + count("rejected"), count("inputs"));
    let status = column(&out, "articles.csv", "status");
    let with = |wanted: &str| status.iter().filter(|status| *status == wanted).count() as u64;
    assert_eq!((with("ok"), with("warned")), (count("ok"), count("warned")));
    assert_eq!((count("warned"), count("rejected")), (2, 1));
    assert_eq!(run["counts"]["skipped"]["pdf"], 1, "what is of no format that is read is told");
    assert_eq!(count("quotes"), rows(&out, "quotes.csv").len() as u64);
    assert_eq!(count("officials"), rows(&out, "officials.csv").len() as u64);
    assert_eq!(count("cooperation"), rows(&out, "cooperation.csv").len() as u64);
    assert!(run["lexicons"]["lexicons/id/cues.csv"].is_string(), "run.json names the lexicons with their hashes");
    assert_eq!(run["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn a_file_that_is_no_text_is_rejected_with_its_place_and_the_rest_goes_on() {
    let project = project(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", b"%PDF-1.7 caf\xE9")]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &[]).code(1);
    assert_eq!(column(&out, "articles.csv", "doc_id"), ["a.txt"]);
    let errors = rows(&out, "errors.csv");
    assert_eq!(errors.len(), 1);
    let cells = ["doc_id", "severity", "step", "offset"].map(|column| errors[0][column].as_str());
    assert_eq!(cells, ["b.txt", "rejected", "decode", "0"]);
    assert_says(&errors[0]["message"], &["PDF"]);
}

#[test]
fn the_encoding_of_a_file_is_found_and_told() {
    let text = "“Kami siap,” kata Menteri Perdagangan Sekar Prameswari di Jakarta.";
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let project = project(&[("a.txt", text.as_bytes()), ("b.txt", &windows)]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &[]).code(0);
    assert_eq!(column(&out, "articles.csv", "encoding"), ["UTF-8", "windows-1252"]);
    assert_eq!(column(&out, "quotes.csv", "text"), ["Kami siap,", "Kami siap,"]);
    assert_eq!(column(&out, "quotes.csv", "start"), ["1", "1"]);
}

#[test]
fn a_text_in_no_known_language_is_rejected() {
    let finnish = "Eilen illalla kaupungin torilla soitettiin vanhoja lauluja ja moni jäi kuuntelemaan vaikka sade alkoi \
        pian sen jälkeen kun viimeinen juna oli lähtenyt asemalta kohti pohjoista eikä kukaan enää odottanut mitään.";
    let project = project(&[("a.txt", finnish.as_bytes())]);
    let out = project.path().join("out");
    warta().arg("extract").arg(project.path().join("in")).arg("--out").arg(&out).assert().code(1);
    let errors = rows(&out, "errors.csv");
    assert_eq!((errors[0]["severity"].as_str(), errors[0]["step"].as_str()), ("rejected", "language"));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let marked = [b"\xEF\xBB\xBF", ARTICLE.as_bytes()].concat();
    let (plain, marked) = (project(&[("a.txt", ARTICLE.as_bytes())]), project(&[("a.txt", &marked)]));
    for project in [&plain, &marked] {
        extract(&project.path().join("in"), &project.path().join("out"), &[]).code(0);
    }
    assert_eq!(csv_files(&plain.path().join("out")), csv_files(&marked.path().join("out")));
}

#[test]
fn line_ends_of_windows_change_places_and_nothing_else() {
    let crlf = ARTICLE.replace('\n', "\r\n");
    let project = project(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", crlf.as_bytes())]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &[]).code(0);
    // The two are one text, which the summary counts once.
    for table in TABLES.into_iter().filter(|table| !["articles.csv", "partners.csv"].contains(table)) {
        let (mut of_a, mut of_b) = (Vec::new(), Vec::new());
        for mut row in rows(&out, table) {
            let of = if row["doc_id"] == "a.txt" { &mut of_a } else { &mut of_b };
            for place in ["doc_id", "start", "end", "offset"] {
                row.remove(place);
            }
            of.push(row);
        }
        assert_eq!(of_a, of_b, "{table}");
    }
    for row in rows(&out, "quotes.csv").into_iter().filter(|row| row["doc_id"] == "b.txt") {
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        assert_eq!(crlf.chars().skip(start).take(end - start).collect::<String>(), row["text"]);
    }
    // The tables themselves end their lines as the contract says.
    assert!(!fs::read(out.join("quotes.csv")).unwrap().contains(&b'\r'));
}

#[test]
fn empty_files_are_articles_with_a_warning() {
    let project = project(&[("a.txt", b""), ("b.txt", b" \n\n\t"), ("c.txt", b"\xEF\xBB\xBF")]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &[]).code(0);
    assert_eq!(column(&out, "articles.csv", "status"), ["warned", "warned", "warned"]);
    assert_eq!(column(&out, "articles.csv", "duplicate_of"), ["", "", ""], "empty texts are no duplicates");
    assert_eq!(column(&out, "errors.csv", "doc_id"), ["a.txt", "b.txt", "c.txt"]);
    assert_eq!(column(&out, "errors.csv", "severity"), ["warning", "warning", "warning"]);
}

#[test]
fn folders_within_folders_stand_in_the_byte_order_of_their_ids() {
    let article = ARTICLE.as_bytes();
    let names = ["a.txt", "a/b/c.txt", "a/z.txt", "a-b.txt", "B.TXT", "é/x.txt", "z.pdf"];
    let project = project(&names.map(|name| (name, article)));
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &[]).code(0);
    let ids = column(&out, "articles.csv", "doc_id");
    assert_eq!(ids, ["B.TXT", "a-b.txt", "a.txt", "a/b/c.txt", "a/z.txt", "é/x.txt"]);
    let in_errors = rows(&out, "errors.csv").len();
    assert_eq!(in_errors, 0);
}

#[test]
fn duplicates_are_kept_and_name_the_first() {
    let shouted = ARTICLE.to_uppercase();
    let spaced = ARTICLE.replace("\n\n", "\n\n\n").replace(' ', "  ");
    let project = project(&[
        ("a.txt", ARTICLE.as_bytes()),
        ("b.txt", OTHER.as_bytes()),
        ("c.txt", ARTICLE.as_bytes()),
        ("d.txt", shouted.as_bytes()),
        ("e.txt", spaced.as_bytes()),
    ]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &[]).code(0);
    assert_eq!(column(&out, "articles.csv", "duplicate_of"), ["", "", "a.txt", "a.txt", "a.txt"]);
    let quoted = column(&out, "quotes.csv", "doc_id");
    assert!(quoted.contains(&"c.txt".to_owned()), "a duplicate has its rows like any other article");
}

#[test]
fn a_single_file_is_an_input_whatever_it_is_called() {
    let project = project(&[("article", ARTICLE.as_bytes())]);
    let out = project.path().join("out");
    extract(&project.path().join("in/article"), &out, &[]).code(0);
    assert_eq!(column(&out, "articles.csv", "doc_id"), ["article"]);
}

#[test]
fn home_is_whose_partners_are_found() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &["--home", "JPN"]).code(0);
    assert_eq!(column(&out, "articles.csv", "home"), ["JPN"]);
    assert_eq!(column(&out, "cooperation.csv", "partner"), ["IDN"]);
}

/// A user's words without a rebuild: a country the built-in tables do not have, and one of theirs taken out.
#[test]
fn an_overlay_adds_words_and_drops_words() {
    let lexicons = folder_of(&[(
        "id/countries.csv",
        b"form,code,class,case,note\nTanah Uji Coba,JPN,epithet,,\nJepang,JPN,drop,,not in this archive\n",
    )]);
    let project = project(&[("a.txt", b"Indonesia dan Jepang bertemu.\n\nTanah Uji Coba menyambut Indonesia.\n")]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &["--lexicons", lexicons.path().to_str().unwrap()]).code(0);
    let found = rows(&out, "countries.csv").into_iter().find(|row| row["country"] == "JPN").expect("Japan is found");
    assert_eq!((found["surface"].as_str(), found["mentions"].as_str()), ("Tanah Uji Coba", "1"));
    assert_eq!(found["rule"], "countries/Tanah Uji Coba");
}

// --- extract: wrong use ------------------------------------------------------------------------------------------------

#[test]
fn wrong_use_ends_with_2_says_why_and_writes_nothing() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let (input, out) = (project.path().join("in"), project.path().join("out"));
    let refused = |input: &Path, more: &[&str], parts: &[&str]| {
        let message = complaint(&extract(input, &out, more).code(2));
        assert_says(&message, parts);
        assert!(!out.exists(), "{parts:?}: something was written");
    };
    refused(&project.path().join("nowhere"), &[], &["nowhere", "no such file or folder"]);
    refused(&input, &["--home", "XXX"], &["--home XXX", "ISO 3166-1 alpha-3"]);
    refused(&input, &["--home", "id"], &["--home id", "ISO 3166-1 alpha-3"]);
    refused(&input, &["--threads", "many"], &["--threads", "many"]);
    refused(&input, &["--lexicons", "nowhere"], &["nowhere", "no such lexicon folder"]);
    refused(
        &input,
        &["--lexicons", input.to_str().unwrap()],
        &["a lexicon folder holds `shared` or a language's folder"],
    );
    let assert = warta().arg("extract").arg(&input).arg("--out").arg(&out).args(["--lang", "xx"]).assert().code(2);
    assert_says(&complaint(&assert), &["no language pack `xx`", "id"]);
    assert_eq!(names_in(project.path()), ["in"]);
    warta().assert().code(2);
    warta().arg("extract").arg(&input).assert().code(2);
}

/// ASEAN has a code in the tables, but nobody writes from its side: an alpha-3 code is asked for.
#[test]
fn a_bloc_is_no_home() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let assert = extract(&project.path().join("in"), &project.path().join("out"), &["--home", "ASEAN"]);
    assert_says(&complaint(&assert.code(2)), &["--home ASEAN"]);
}

#[test]
fn two_inputs_of_one_name_are_refused() {
    let project = folder_of(&[("a/in/x.txt", ARTICLE.as_bytes()), ("b/in/x.txt", ARTICLE.as_bytes())]);
    let (a, b) = (project.path().join("a/in"), project.path().join("b/in"));
    let out = project.path().join("out");
    let assert = warta().arg("extract").args([&a, &b]).arg("--out").arg(&out).args(["--lang", "id"]).assert().code(2);
    assert_says(&complaint(&assert), &["two inputs are called `in`"]);
}

#[test]
fn a_folder_with_other_things_is_never_touched() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let out = project.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.odt"), "years of work").unwrap();
    for more in [&[][..], &["--force"][..]] {
        let assert = extract(&project.path().join("in"), &out, more).code(2);
        assert_says(&complaint(&assert), &["thesis.odt", "no run of warta wrote"]);
    }
    assert_eq!(names_in(&out), ["thesis.odt"]);
    assert_eq!(fs::read_to_string(out.join("thesis.odt")).unwrap(), "years of work");
    let file = project.path().join("in/a.txt");
    assert_says(&complaint(&extract(&project.path().join("in"), &file, &["--force"]).code(2)), &["is a file"]);
    assert_eq!(fs::read_to_string(file).unwrap(), ARTICLE);
}

#[test]
fn a_former_run_is_replaced_with_force_only() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let (input, out) = (project.path().join("in"), project.path().join("out"));
    extract(&input, &out, &["--mentions"]).code(0);
    let former = csv_files(&out);
    fs::write(input.join("b.txt"), OTHER).unwrap();
    assert_says(&complaint(&extract(&input, &out, &[]).code(2)), &["former run", "--force"]);
    assert_eq!(csv_files(&out), former);
    extract(&input, &out, &["--force"]).code(0);
    assert_eq!(column(&out, "articles.csv", "doc_id"), ["a.txt", "b.txt"]);
    assert!(!out.join("mentions.csv").exists(), "no table of the former run is left among those of the new one");
    assert_eq!(names_in(project.path()), ["in", "out"], "no stray folder");
}

/// Every mistake in every file at once, each where an editor can jump to it.
#[test]
fn a_broken_overlay_is_refused_with_all_mistakes_and_their_places() {
    let rule = "[[rule]]\nid = \"toy\"\nnote = \"A toy.\"\ngives = \"direct\"\nconfidence = \"high\"\n\
        pattern = '<quote> <cue.nonsense>'\nexamples = ['\"[Ya,](content)\" kata dia.']\ncounterexamples = ['Ya.']\n";
    let lexicons = folder_of(&[
        (
            "id/cues.csv",
            b"form,class,takes,note\nkata uji,bare,,\nujian,nonsense,,\nceplos,active,that|nothing,\n spasi,bare,,\n",
        ),
        ("id/words.csv", b"form,kind,note\ndan,conjunction,\n"),
        ("id/places.csv", b"form,class,country,note\n\"Kota, Uji\",town,IDN,\nKota Baru,city\n"),
        ("id/rules/quote.toml", rule.as_bytes()),
        ("id/rules/verb.toml", b""),
        ("id/pack.toml", b"name = \"Uji\"\nhom = \"IDN\"\n"),
    ]);
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let out = project.path().join("out");
    let at = lexicons.path().to_str().unwrap();
    let message = complaint(&extract(&project.path().join("in"), &out, &["--lexicons", at]).code(2));
    let places = [
        "id/cues.csv:3:7: `nonsense` is not one of: bare, suffixed",
        "id/cues.csv:4:15: `nothing` is not one of: zero, comma",
        "id/cues.csv:5:1: ` spasi` begins or ends with a space",
        "id/words.csv:1:1: the header is `form,kind,note`; it must be `form,class,note`",
        "id/places.csv:2:13: `town` is not one of: province",
        "id/places.csv:3: 2 cells",
        "id/rules/quote.toml:6:",
        "`nonsense` is no class of <cue>",
        "id/rules/verb.toml: no room reads this file",
        "id/pack.toml:2:1:",
    ];
    assert_says(&message, &places);
    assert!(!out.exists());
    // The pattern begins at column 12 of its line; the item that is wrong stands at its ninth character.
    assert_says(&message, &["id/rules/quote.toml:6:20: rule `toy`"]);
    assert_eq!(
        message.matches(at).count(),
        9,
        "each mistake is in a file of the user's, named by its path:\n{message}"
    );
}

/// A code that the shared tables do not list is a mistake in a line like any other.
#[test]
fn a_code_that_is_not_there_is_refused_with_its_place() {
    let lexicons = folder_of(&[
        ("id/countries.csv", b"form,code,class,case,note\nNegeri Uji,QQQ,name,,\n"),
        ("id/sectors.csv", b"form,sector,class,note\nilmu uji,testing,field,\n"),
    ]);
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let at = lexicons.path().to_str().unwrap();
    let assert = extract(&project.path().join("in"), &project.path().join("out"), &["--lexicons", at]).code(2);
    let message = complaint(&assert);
    assert_says(&message, &["QQQ", "testing", "shared/codes.csv", "shared/sector-codes.csv"]);
    assert_says(&message, &["id/countries.csv:2:12: ", "id/sectors.csv:2:10: "]);
}

// --- extract: the disk fails -------------------------------------------------------------------------------------------

/// A limit on the size of a file stands for a full disk: it needs no rights and no device, and the write fails in the
/// same place. The signal that would end the program is switched off, so that the write returns its error.
#[cfg(unix)]
fn extract_on_a_full_disk(input: &Path, out: &Path, more: &[&str]) -> Assert {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_warta")]);
    command.arg("extract").arg(input).arg("--out").arg(out).args(["--lang", "id"]).args(more).assert()
}

#[cfg(unix)]
#[test]
fn a_full_disk_ends_with_3_and_leaves_nothing_behind() {
    let project = tempfile::tempdir().unwrap();
    let out = project.path().join("out");
    let assert = extract_on_a_full_disk(&corpus_folder("id", "text"), &out, &["--mentions"]).code(3);
    assert_says(&complaint(&assert), &["cannot be written", ".csv"]);
    assert_eq!(names_in(project.path()), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_run_that_fails_leaves_the_former_tables_as_they_were() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let (input, out) = (project.path().join("in"), project.path().join("out"));
    extract(&input, &out, &[]).code(0);
    let everything = |folder: &Path| -> Vec<(String, Vec<u8>)> {
        names_in(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
    };
    let former = everything(&out);
    let unchanged = |why: &str| {
        assert_eq!(everything(&out), former, "{why}: the former tables have changed");
        assert_eq!(names_in(project.path()), ["in", "out"], "{why}: a stray folder");
    };
    extract_on_a_full_disk(&corpus_folder("id", "text"), &out, &["--force", "--mentions"]).code(3);
    unchanged("full disk");
    extract(&project.path().join("nowhere"), &out, &["--force"]).code(2);
    unchanged("no input");
    extract(&input, &out, &["--force", "--home", "XXX"]).code(2);
    unchanged("wrong home");
}

#[cfg(unix)]
#[test]
fn an_output_that_cannot_be_made_is_refused() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let assert = extract(&project.path().join("in"), Path::new("/dev/null/out"), &[]);
    let code = assert.get_output().status.code();
    assert!(matches!(code, Some(2 | 3)), "exit code {code:?}: {}", complaint(&assert));
    assert_says(&complaint(&assert), &["/dev/null"]);
}

// --- score, check, explain ---------------------------------------------------------------------------------------------

#[test]
fn score_prints_every_measure_and_never_fails_for_a_low_score() {
    let project = project(&[("id-a01.txt", b"Harga beras naik.")]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &[]).code(0);
    let gold = corpus_folder("id", "gold");
    let assert = warta().arg("score").arg(&gold).arg(&out).assert().code(0);
    assert_says(&said(&assert), &["== all:", "country", "attribution.indirect", "cooperation+stage"]);
    let assert = warta().arg("score").arg(&gold).arg(&out).args(["--miss", "country", "--prefix", "id-a01"]).assert();
    assert_says(&said(&assert.code(0)), &["missed id-a01 IDN", "== all: 1 articles"]);
    for (gold, run) in [(&out, &out), (&gold, &project.path().join("nowhere"))] {
        let assert = warta().arg("score").arg(gold).arg(run).assert().code(2);
        assert!(!complaint(&assert).is_empty());
    }
    warta().arg("score").arg(&gold).arg(&out).args(["--miss", "nothing"]).assert().code(2);
}

#[test]
fn check_is_content_with_what_is_built_in() {
    let assert = warta().arg("check").assert();
    let (said, complaint, code) = (said(&assert), complaint(&assert), assert.get_output().status.code());
    assert_eq!(code, Some(0), "{said}{complaint}");
    assert_says(&said, &["id: ", "rules", "0 failed"]);
}

#[test]
fn check_refuses_a_rule_whose_example_fails() {
    let rule = "[[rule]]\nid = \"toy-rule\"\nnote = \"A toy.\"\ngives = \"direct\"\nconfidence = \"high\"\n\
        pattern = '\"zxqj\" <quote>'\n\
        examples = ['[zxqj](cue) \"[Ini tidak pernah ditemukan.](content)\"', 'Tanpa penanda \"[apa pun juga.](content)\"']\n\
        counterexamples = ['Rudi diam.']\n";
    let lexicons = folder_of(&[("id/rules/quote.toml", rule.as_bytes())]);
    let assert = warta().arg("check").arg(lexicons.path()).assert().code(2);
    let place = format!("{}:1: rule `toy-rule`: marks", lexicons.path().join("id/rules/quote.toml").display());
    assert_says(&complaint(&assert), &[&place, "Tanpa penanda", "finds nothing"]);
    let broken = folder_of(&[("id/cues.csv", b"form,class,takes,note\nkata,nonsense,,\n")]);
    let assert = warta().arg("check").arg(broken.path()).assert().code(2);
    assert_says(&complaint(&assert), &["id/cues.csv:2:6: `nonsense`"]);
    warta().arg("check").arg("nowhere").assert().code(2);
}

#[test]
fn a_rule_without_a_counterexample_does_not_load() {
    let rule = "[[rule]]\nid = \"toy-rule\"\nnote = \"A toy.\"\ngives = \"direct\"\nconfidence = \"high\"\n\
        pattern = '<quote> <cue>'\nexamples = ['\"[Ya,](content)\" kata dia.']\ncounterexamples = []\n";
    let lexicons = folder_of(&[("id/rules/quote.toml", rule.as_bytes())]);
    let assert = warta().arg("check").arg(lexicons.path()).assert().code(2);
    assert_says(
        &complaint(&assert),
        &["quote.toml:1:1: rule `toy-rule`", "at least one example and one counterexample"],
    );
}

#[test]
fn explain_shows_a_rule_and_a_row() {
    let assert = warta().args(["explain", "content-cue-speaker"]).assert().code(0);
    assert_says(
        &said(&assert),
        &["id: content-cue-speaker", "quote.toml", "pattern: <quote>", "finds in:", "nothing in:"],
    );
    let assert = warta().args(["explain", "countries/Jepang"]).assert().code(0);
    assert_says(&said(&assert), &["countries.csv", "`Jepang`", "name"]);
    let assert = warta().args(["explain", "floating-content"]).assert().code(0);
    assert_says(&said(&assert), &["floating-content: "]);
    for unknown in ["no-such-rule", "countries/Atlantis", "nowhere/Jepang", ""] {
        let assert = warta().args(["explain", unknown]).assert().code(2);
        assert_says(&complaint(&assert), &["is no rule or row", "content-cue-speaker"]);
    }
}

/// Whatever stands in a `rule` cell can be asked for.
#[test]
fn explain_knows_the_rules_of_a_run() {
    let project =
        project(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", b"\"Kami menunggu kabar itu,\" kata Bagus Wirawan.")]);
    let out = project.path().join("out");
    extract(&project.path().join("in"), &out, &[]).code(0);
    let mut rules: Vec<String> = ["officials.csv", "quotes.csv", "cooperation.csv"]
        .iter()
        .flat_map(|table| column(&out, table, "rule"))
        .collect();
    rules.sort();
    rules.dedup();
    assert!(rules.len() > 2, "{rules:?}");
    for rule in rules {
        warta().args(["explain", &rule]).assert().code(0);
    }
}

#[test]
fn help_tells_the_exit_codes() {
    let help = said(&warta().args(["extract", "--help"]).assert().code(0));
    assert_says(
        &help,
        &["--out", "--lang", "--home", "--threads", "--lexicons", "--mentions", "--force", "Exit code 0"],
    );
    let version = said(&warta().arg("--version").assert().code(0));
    assert_says(&version, &[env!("CARGO_PKG_VERSION")]);
}
