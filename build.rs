//! Lists the files of `lexicons/` for the program to hold.
//!
//! Comes in: the folder. Goes out: a table of names, texts and hashes, each text included by the compiler, so that a changed, new or
//! missing file is noticed by the next build.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("lexicons");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        // Hashed here, so that a run can name its lexicons without reading them.
        let hash = blake3::hash(&fs::read(file)?).to_hex();
        println!("cargo:rerun-if-changed={}", file.display());
        let path = file.display().to_string();
        writeln!(table, "    ({name:?}, include_str!({path:?}), \"{hash}\"),").map_err(io::Error::other)?;
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("built_in.rs"), table)
}

/// Every file below `folder` that a pack may have; folders are watched so that a new file is seen.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "csv" || e == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
