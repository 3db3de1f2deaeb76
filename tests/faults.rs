//! The fault suite: what real folders and real machines do, and what the program promises then.
//!
//! Every input ends as ok, warned or rejected, the three add up, and a run that stops for any reason leaves the former
//! tables or whole new ones. Tests that need root, or a program of the system, say so when they cannot run.
#![cfg(unix)]

mod common;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use common::{column, corpus_folder, csv_files, extract, ids, names_in, project, rejections, rows};
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const WARTA: &str = env!("CARGO_BIN_EXE_warta");

const ARTICLE: &str = "Jepang dan Indonesia perkuat kerja sama pendidikan\n\nJakarta (ANTARA) - Indonesia dan Jepang sepakat \
    meningkatkan kerja sama di bidang pendidikan.\n\n\"Kami akan mengirim lima puluh guru ke Osaka tahun ini,\" kata Menteri \
    Pendidikan Rudi Hartanto di Jakarta, Senin.\n";

fn complaint(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

fn is_root() -> bool {
    Process::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn has(program: &str) -> bool {
    Process::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .output()
        .is_ok_and(|output| output.status.success())
}

/// Whether a test that needs root and these programs can run; says so if not.
fn can(test: &str, programs: &[&str]) -> bool {
    let missing: Vec<&&str> = programs.iter().filter(|program| !has(program)).collect();
    if !is_root() || !missing.is_empty() {
        eprintln!("skipped: {test} needs root and {programs:?}");
        return false;
    }
    true
}

// --- text ----------------------------------------------------------------------------------------------------------------

#[test]
fn control_characters_reach_no_cell_and_offsets_stay() {
    let text = "\u{1}\"Kami\0 siap\u{7f} berangkat,\" kata\u{85} Menteri Pendidikan Rudi Hartanto di Jakarta.";
    let project = project(&[("a.txt", text.as_bytes())]);
    extract(project.path(), &["--mentions"]).code(0);
    let out = project.path().join("out");
    for (table, bytes) in csv_files(&out) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{table}: {text:?}");
    }
    assert_eq!(column(&out, "quotes.csv", "text"), ["Kami siap berangkat,"]);
    assert_eq!(column(&out, "quotes.csv", "start"), ["2"], "offsets are those of the text as it stands");
    assert_eq!(column(&out, "quotes.csv", "end"), ["24"]);
    assert_eq!(column(&out, "articles.csv", "status"), ["warned"]);
}

#[test]
fn mojibake_is_told() {
    let project =
        project(&[("a.txt", "â€œKami siap,â€\u{9d} kata Menteri Pendidikan Rudi Hartanto di Jakarta.".as_bytes())]);
    extract(project.path(), &[]).code(0);
    let warning = column(&project.path().join("out"), "articles.csv", "warning").concat();
    assert!(warning.contains("look like UTF-8 that was read as windows-1252"), "{warning}");
}

#[test]
fn utf16_is_read_with_and_without_a_mark() {
    let units = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = format!("\u{FEFF}{ARTICLE}");
    let project = project(&[
        ("a.txt", &units(&marked, u16::to_le_bytes)),
        ("b.txt", &units(ARTICLE, u16::to_be_bytes)),
        ("c.txt", ARTICLE.as_bytes()),
    ]);
    extract(project.path(), &[]).code(0);
    let out = project.path().join("out");
    assert_eq!(column(&out, "articles.csv", "encoding"), ["UTF-16LE", "UTF-16BE", "UTF-8"]);
    assert_eq!(column(&out, "articles.csv", "duplicate_of"), ["", "a.txt", "a.txt"], "the texts are the same");
}

// --- sizes ---------------------------------------------------------------------------------------------------------------

#[test]
fn a_file_of_one_gigabyte_is_rejected_in_little_memory() {
    let project =
        project(&[("a.txt", ARTICLE.as_bytes()), ("big.txt", b""), ("big.jsonl", b""), ("big.csv", b"text\n\"")]);
    for name in ["big.txt", "big.jsonl", "big.csv"] {
        // A sparse file: a gigabyte of zeros that takes no place.
        let file = fs::OpenOptions::new().write(true).open(project.path().join("in").join(name)).unwrap();
        file.set_len(1 << 30).unwrap();
    }
    let script = "ulimit -v 900000; exec \"$0\" \"$@\"";
    let mut command = Command::new("sh");
    command.args(["-c", script, WARTA, "extract"]).arg(project.path().join("in"));
    command.arg("--out").arg(project.path().join("out")).args(["--lang", "id", "--threads", "2"]);
    command.assert().code(1);
    assert_eq!(ids(project.path()), ["a.txt"]);
    let rejected = rejections(project.path());
    assert!(rejected["big.txt"].contains("--max-doc-bytes"), "{rejected:?}");
    assert!(rejected["big.jsonl#1"].contains("--max-line-bytes"), "{rejected:?}");
    assert!(rejected["big.csv"].contains("quotation mark"), "{rejected:?}");
}

#[test]
fn limits_are_options() {
    let project = project(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", b"Harga beras naik di Medan.")]);
    extract(project.path(), &["--max-doc-bytes", "100"]).code(1);
    assert_eq!(ids(project.path()), ["b.txt"]);
    assert!(rejections(project.path())["a.txt"].contains("at most 100"));
}

#[test]
fn deep_folders_and_long_names_are_read() {
    let project = tempfile::tempdir().unwrap();
    let mut folder = project.path().join("in");
    fs::create_dir(&folder).unwrap();
    for _ in 0..300 {
        folder.push("lipat");
        if folder.as_os_str().len() > 3500 {
            break;
        }
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.txt"), ARTICLE).unwrap();
    }
    fs::write(project.path().join("in").join(format!("{}.txt", "n".repeat(250))), ARTICLE).unwrap();
    extract(project.path(), &[]).code(0);
    assert!(ids(project.path()).len() > 250);
}

// --- folders ---------------------------------------------------------------------------------------------------------------

#[test]
fn a_loop_of_links_is_told_once_and_the_walk_goes_on() {
    let project = project(&[("a/a.txt", ARTICLE.as_bytes()), ("z.txt", ARTICLE.as_bytes())]);
    symlink(project.path().join("in"), project.path().join("in/a/loop")).unwrap();
    extract(project.path(), &[]).code(1);
    assert_eq!(ids(project.path()), ["a/a.txt", "z.txt"]);
    let rejected = rejections(project.path());
    assert_eq!(rejected.keys().collect::<Vec<_>>(), ["a/loop"]);
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    if !can("a_file_that_may_not_be_read_is_told", &["setpriv"]) {
        return;
    }
    let project = project(&[("a.txt", ARTICLE.as_bytes()), ("b.txt", ARTICLE.as_bytes())]);
    let shut = |name: &str| {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(
            project.path().join(name),
            fs::Permissions::from_mode(if name == "in/b.txt" { 0 } else { 0o777 }),
        )
    };
    for name in ["", "in", "in/b.txt"] {
        shut(name).unwrap();
    }
    let output = as_nobody(project.path(), "out");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(ids(project.path()), ["a.txt"]);
    assert!(rejections(project.path())["b.txt"].contains("denied"));
}

/// Runs the program as a user without rights.
fn as_nobody(project: &Path, out: &str) -> std::process::Output {
    // The program itself may stand where only root may look.
    let program = project.join("warta");
    fs::copy(WARTA, &program).unwrap();
    let mut command = Process::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).arg("extract");
    command.arg(project.join("in")).arg("--out").arg(project.join(out)).args(["--lang", "id"]).output().unwrap()
}

#[test]
fn an_output_folder_that_may_not_be_written_is_refused_before_the_work() {
    if !can("an_output_folder_that_may_not_be_written_is_refused_before_the_work", &["setpriv"]) {
        return;
    }
    use std::os::unix::fs::PermissionsExt;
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    for name in ["", "in"] {
        fs::set_permissions(project.path().join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let output = as_nobody(project.path(), "closed/out");
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert_eq!(names_in(project.path()), ["in", "warta"]);
}

#[test]
fn a_name_that_is_no_utf8_is_an_id_all_the_same() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    fs::write(project.path().join("in").join(OsStr::from_bytes(b"bad\xFF.txt")), ARTICLE).unwrap();
    extract(project.path(), &[]).code(0);
    assert_eq!(ids(project.path()), ["a.txt", "bad%FF.txt"]);
}

#[test]
fn empty_files_and_pipes_hold_nothing_up() {
    let project =
        project(&[("a.txt", b""), ("b.txt", b" \n\t\n"), ("c.jsonl", b""), ("d.csv", b""), ("e.json", b"[]")]);
    let pipes = if has("mkfifo") { &["pipe.jsonl", "pipe.txt"][..] } else { &[] };
    for pipe in pipes {
        assert!(Process::new("mkfifo").arg(project.path().join("in").join(pipe)).status().unwrap().success());
    }
    extract(project.path(), &[]).code(i32::from(!pipes.is_empty()));
    assert_eq!(rejections(project.path()).into_keys().collect::<Vec<_>>(), pipes);
    assert_eq!(ids(project.path()), ["a.txt", "b.txt"]);
    let told = rows(&project.path().join("out"), "errors.csv");
    for id in ["c.jsonl", "d.csv", "e.json"] {
        assert!(told.iter().any(|row| row["doc_id"] == id && row["severity"] == "warning"), "{id} in {told:?}");
    }
}

// --- records ---------------------------------------------------------------------------------------------------------------

fn line(id: &str, text: &str) -> String {
    line_of(id, text, "Senin, 3 Maret 2025")
}

fn line_of(id: &str, text: &str, date: &str) -> String {
    serde_json::json!({"id": id, "judul": "Judul", "isi_berita": text, "tanggal": date}).to_string() + "\n"
}

#[test]
fn records_of_json_are_articles_and_a_broken_one_is_rejected_alone() {
    let lines = [
        &line("satu", ARTICLE),
        "{\"id\": 2, \"isi_berita\": \n",
        "\n",
        "[1]\n",
        "{\"id\":\"x\"}\n",
        &line("satu", "Harga naik."),
        &line("2", "Harga turun."),
    ];
    let project = project(&[("a.jsonl", lines.concat().as_bytes())]);
    extract(project.path(), &[]).code(1);
    let out = project.path().join("out");
    assert_eq!(ids(project.path()), ["a.jsonl#satu", "a.jsonl#satu~2", "a.jsonl#2"]);
    assert_eq!(column(&out, "articles.csv", "title"), ["Judul"; 3]);
    assert_eq!(column(&out, "articles.csv", "published"), ["2025-03-03"; 3]);
    let rejected = rejections(project.path());
    assert_eq!(rejected.keys().collect::<Vec<_>>(), ["a.jsonl#2", "a.jsonl#4", "a.jsonl#x"]);
    assert!(rejected["a.jsonl#x"].contains("--text-field"), "{rejected:?}");
}

#[test]
fn one_article_gives_the_same_rows_in_every_container() {
    let json = serde_json::json!([{"id": "a", "text": ARTICLE}]).to_string();
    let pretty = serde_json::to_string_pretty(&serde_json::json!([{"id": "a", "text": ARTICLE}])).unwrap();
    let table = |delimiter: u8| {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["id", "text"]).unwrap();
        writer.write_record(["a", ARTICLE]).unwrap();
        writer.into_inner().unwrap()
    };
    let utf16: Vec<u8> = format!("\u{FEFF}{}", String::from_utf8(table(b'\t')).unwrap())
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let windows = encoding_rs::WINDOWS_1252.encode(std::str::from_utf8(&table(b';')).unwrap()).0.into_owned();
    let files: [(&str, &[u8]); 8] = [
        ("a.txt", ARTICLE.as_bytes()),
        ("b.json", json.as_bytes()),
        ("c.json", pretty.as_bytes()),
        ("d.csv", &table(b',')),
        ("e.csv", &windows),
        ("f.tsv", &table(b'\t')),
        ("g.csv", &utf16),
        ("h.md", ARTICLE.as_bytes()),
    ];
    let project = project(&files);
    extract(project.path(), &[]).code(0);
    let out = project.path().join("out");
    assert_eq!(column(&out, "articles.csv", "encoding")[6], "UTF-16LE", "the container's encoding is its records'");
    for table in ["quotes.csv", "officials.csv", "cooperation.csv", "countries.csv", "sectors.csv"] {
        let mut rows = rows(&out, table);
        rows.iter_mut().for_each(|row| drop(row.insert("doc_id".into(), String::new())));
        let of_one = rows.len() / files.len();
        assert!(of_one > 0, "{table}");
        assert!(rows.chunks(of_one).all(|chunk| chunk == &rows[..of_one]), "{table}: {rows:#?}");
    }
}

#[test]
fn fields_are_named_by_options() {
    let project = project(&[("a.csv", b"no,naskah_berita,kepala\n7,Harga beras naik di Medan.,Harga naik\n")]);
    extract(project.path(), &[]).code(1);
    let more = ["--force", "--text-field", "naskah_berita", "--title-field", "kepala", "--id-field", "no"];
    extract(project.path(), &more).code(0);
    assert_eq!(ids(project.path()), ["a.csv#7"]);
    assert_eq!(column(&project.path().join("out"), "articles.csv", "title"), ["Harga naik"]);
}

#[test]
fn globs_lists_and_the_standard_input_choose_what_is_read() {
    let project =
        project(&[("a.txt", ARTICLE.as_bytes()), ("x/b.txt", ARTICLE.as_bytes()), ("x/c.md", ARTICLE.as_bytes())]);
    extract(project.path(), &["--include", "x/**", "--exclude", "*.md"]).code(0);
    assert_eq!(ids(project.path()), ["x/b.txt"]);
    let list = project.path().join("list.txt");
    fs::write(&list, "in/x/c.md\nin/a.txt\n").unwrap();
    let mut command = Command::new(WARTA);
    command.current_dir(project.path()).args(["extract", "@list.txt", "--out", "out", "--lang", "id", "--force"]);
    command.assert().code(0);
    assert_eq!(ids(project.path()), ["in/a.txt", "in/x/c.md"]);
    fs::write(&list, "in/a.txt\nin/nirgends.txt\n").unwrap();
    let mut command = Command::new(WARTA);
    command.current_dir(project.path()).args(["extract", "@list.txt", "--out", "out", "--lang", "id", "--force"]);
    assert!(complaint(&command.assert().code(2)).contains("list.txt:2: in/nirgends.txt"));
    let twice = line("k", ARTICLE) + &line("k", "Harga naik.");
    for (input, ids_then) in [(ARTICLE.to_owned(), &["stdin"][..]), (twice, &["stdin#k", "stdin#k~2"])] {
        let mut command = Command::new(WARTA);
        command.args(["extract", "-", "--lang", "id", "--force", "--out"]).arg(project.path().join("out"));
        command.write_stdin(input).assert().code(0);
        assert_eq!(ids(project.path()), ids_then);
    }
}

#[test]
fn a_pipe_that_gives_a_byte_at_a_time_is_known_all_the_same() {
    let project = tempfile::tempdir().unwrap();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(serde_json::to_string_pretty(&serde_json::json!({"text": ARTICLE})).unwrap().as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let mut command = Process::new(WARTA);
    command.args(["extract", "-", "--lang", "id", "--out"]).arg(project.path().join("out"));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for byte in &packed {
        input.write_all(&[*byte]).unwrap();
        input.flush().unwrap();
    }
    drop(input);
    assert!(child.wait().unwrap().success());
    assert_eq!(ids(project.path()), ["stdin#1"]);
}

#[test]
fn a_text_that_is_all_quotation_marks_has_few_warnings() {
    let project = project(&[("a.txt", format!("{ARTICLE}{}", "“".repeat(5000)).as_bytes())]);
    extract(project.path(), &[]).code(0);
    let told = rows(&project.path().join("out"), "errors.csv");
    assert_eq!(told.len(), 21);
    assert!(told[20]["message"].starts_with("49"), "{}", told[20]["message"]);
}

// --- runs ------------------------------------------------------------------------------------------------------------------

/// Enough work for a run to be caught in the middle of it. What sums up a run has to go over the place where it stopped: the
/// dates neither rise nor fall, and after the records come texts that were there before them.
fn long_project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    let texts = common::corpus_texts("id");
    let records: String = (0..14)
        .flat_map(|copy| {
            let date = format!("2025-03-{:02}", 1 + copy * 5 % 14);
            let record = move |(name, text): &(String, String)| {
                line_of(&format!("{copy}-{name}"), &format!("{text}\n\n{copy}"), &date)
            };
            texts.iter().map(record)
        })
        .collect();
    fs::create_dir(project.path().join("in")).unwrap();
    fs::write(project.path().join("in/z.jsonl"), records).unwrap();
    fs::create_dir(project.path().join("in/zz")).unwrap();
    for (name, text) in &texts {
        fs::write(project.path().join("in").join(name), text).unwrap();
        fs::write(project.path().join("in/zz").join(name), text).unwrap();
    }
    project
}

fn start(project: &Path, more: &[&str]) -> Child {
    let mut command = Process::new(WARTA);
    command
        .arg("extract")
        .arg(project.join("in"))
        .arg("--out")
        .arg(project.join("out"))
        .args(["--lang", "id"])
        .args(more);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    assert!(Process::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap().success());
}

/// Waits until this run, and no former one, has done some work: what it writes is seen when a buffer has run over.
fn until_it_writes(project: &Path, run: &Child) {
    let holder = || fs::read_to_string(project.join(".out.warta-lock")).unwrap_or_default();
    let since = Instant::now();
    let quotes = || fs::metadata(project.join(".out.warta-part/quotes.csv.part")).map_or(0, |about| about.len());
    let before = quotes();
    while holder() != run.id().to_string() || quotes() <= before + 1000 {
        assert!(since.elapsed() < Duration::from_secs(60), "the run does not begin");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Names the table that differs, where a comparison of bytes would print them all.
fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (csv_files(&one.join("out")), csv_files(&other.join("out")));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "other tables");
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name}: {} and {} bytes", bytes.len(), other[name].len());
    }
}

#[test]
fn a_run_that_is_killed_again_and_again_ends_with_the_bytes_of_one_that_was_not() {
    let (whole, killed) = (long_project(), tempfile::tempdir().unwrap());
    let started = Instant::now();
    assert!(start(whole.path(), &[]).wait().unwrap().success());
    let length = started.elapsed();
    symlink(whole.path().join("in"), killed.path().join("in")).unwrap();
    // Moments that are spread over the run and lie elsewhere in each one.
    for moment in 1..=20u32 {
        let mut child = start(killed.path(), &["--resume"]);
        std::thread::sleep(length.mul_f64(0.15 + f64::from(moment * 7 % 20) / 25.0));
        // On a fast machine the run is over before its first mark. Those that are asked to stop leave one, so that the others
        // are killed on the way from it.
        if moment % 3 == 1 {
            signal(&child, "INT");
        } else {
            // It may have ended before, or have moved its tables into place when it was killed: then they are whole.
            let _ = child.kill();
        }
        let ended = child.wait().unwrap().success();
        let out = killed.path().join("out");
        assert!(out.exists() || !ended);
        if out.exists() {
            assert_same(whole.path(), killed.path());
            fs::remove_dir_all(out).unwrap();
        }
    }
    if !killed.path().join("out").exists() {
        assert!(start(killed.path(), &["--resume"]).wait().unwrap().success());
    }
    assert_same(whole.path(), killed.path());
    assert_eq!(names_in(killed.path()), ["in", "out"]);
}

#[test]
fn signals_end_a_run_that_can_be_gone_on_with_and_never_mixed() {
    let project = long_project();
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let child = start(project.path(), &["--resume"]);
        until_it_writes(project.path(), &child);
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("--resume"));
        assert!(!project.path().join("out").exists());
    }
    let refused = extract(project.path(), &[]).code(2);
    assert!(complaint(&refused).contains("--resume"), "a stopped run is not dropped unasked");
    let mixed = extract(project.path(), &["--resume", "--mentions"]).code(2);
    assert!(complaint(&mixed).contains("mentions `false` (now `true`)"), "{}", complaint(&mixed));
    let first = project.path().join("in").join(&names_in(&project.path().join("in"))[0]);
    let text = fs::read(&first).unwrap();
    fs::write(&first, "Lain sekali.").unwrap();
    let other = extract(project.path(), &["--resume"]).code(2);
    assert!(complaint(&other).contains("is not what it was"), "{}", complaint(&other));
    fs::write(&first, text).unwrap();
    extract(project.path(), &["--resume"]).code(0);
    assert_eq!(names_in(project.path()), ["in", "out"]);
    let resumed = csv_files(&project.path().join("out"));
    extract(project.path(), &["--force"]).code(0);
    assert_eq!(resumed, csv_files(&project.path().join("out")));
    assert!(complaint(&extract(project.path(), &["--resume"]).code(2)).contains("none that was stopped"));
}

#[test]
fn two_runs_never_write_one_folder() {
    let project = long_project();
    let mut first = start(project.path(), &[]);
    until_it_writes(project.path(), &first);
    let second = extract(project.path(), &[]).code(3);
    assert!(complaint(&second).contains(&format!("process {}", first.id())), "{}", complaint(&second));
    assert!(first.wait().unwrap().success());
    assert_eq!(names_in(project.path()), ["in", "out"]);
}

#[test]
fn a_disk_without_room_leaves_the_former_tables() {
    if !can("a_disk_without_room_leaves_the_former_tables", &["mount", "umount"]) {
        return;
    }
    let disk = tempfile::tempdir().unwrap();
    let mounted = Process::new("mount").args(["-t", "tmpfs", "-o", "size=400k", "tmpfs"]).arg(disk.path()).status();
    if !mounted.is_ok_and(|status| status.success()) {
        eprintln!("skipped: a_disk_without_room_leaves_the_former_tables needs to mount");
        return;
    }
    let out = disk.path().join("out");
    let run = |input: &Path| {
        let mut command = Command::new(WARTA);
        command.arg("extract").arg(input).arg("--out").arg(&out).args(["--lang", "id", "--force"]).assert()
    };
    let small = project(&[("a.txt", ARTICLE.as_bytes())]);
    run(&small.path().join("in")).code(0);
    let former = csv_files(&out);
    let full = run(&corpus_folder("id", "text")).get_output().clone();
    let after = (csv_files(&out), names_in(disk.path()));
    assert!(Process::new("umount").arg(disk.path()).status().unwrap().success());
    assert_eq!(full.status.code(), Some(3), "{full:?}");
    assert_eq!(after, (former, vec!["out".to_owned()]));
}

#[test]
fn a_closed_pipe_ends_quietly_and_a_full_one_is_told() {
    let project = project(&[("a.txt", ARTICLE.as_bytes())]);
    let mut child = Process::new(WARTA)
        .args(["explain", "content-cue-speaker"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let mut command = Process::new(WARTA);
        command.arg("extract").arg(project.path().join("in")).arg("--out").arg(project.path().join("out"));
        let output = command.args(["--lang", "id"]).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
    }
}

#[test]
fn locale_and_clock_zone_are_not_seen() {
    let project =
        project(&[("a.txt", ARTICLE.as_bytes()), ("B.txt", ARTICLE.as_bytes()), ("é.txt", ARTICLE.as_bytes())]);
    let mut seen = Vec::new();
    for (locale, zone) in [("C", "UTC"), ("id_ID.UTF-8", "Asia/Jayapura"), ("tr_TR.UTF-8", "America/Anchorage")] {
        let mut command = Command::new(WARTA);
        command.env("LC_ALL", locale).env("LANG", locale).env("TZ", zone).arg("extract").arg(project.path().join("in"));
        command.arg("--out").arg(project.path().join("out")).args(["--lang", "id", "--force"]).assert().code(0);
        seen.push(csv_files(&project.path().join("out")));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_large_standard_input_is_bounded() {
    let project = tempfile::tempdir().unwrap();
    let mut child = Process::new(WARTA)
        .args(["extract", "-", "--lang", "id", "--max-doc-bytes", "1000000", "--out"])
        .arg(project.path().join("out"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // The reader goes away when it has seen enough.
    while input.write_all(&[b'a'; 1 << 16]).is_ok() {}
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(rejections(project.path())["stdin"].contains("--max-doc-bytes"));
}
