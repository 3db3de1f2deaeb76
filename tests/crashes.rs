//! Every input that ever made the program fail, and some that might: `tests/crashes/<entrance>/`, each tried for ever after.

mod hostile;

use std::fs;
use std::path::Path;

#[test]
fn what_made_it_fail_once_does_so_no_more() {
    for (name, entrance) in hostile::ENTRANCES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashes").join(name);
        let mut tried = 0;
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            eprintln!("{}", path.display());
            entrance(&fs::read(path).unwrap());
            tried += 1;
        }
        assert!(tried > 0, "{name}: nothing was tried");
    }
}
