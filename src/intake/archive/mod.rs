//! Zip and tar archives as the files they hold.
//!
//! Comes in: an archive's bytes. Goes out: each regular file of it, to an [`EntryTaker`], as a label and a reader that is
//! bounded by the run's limits; what cannot be read is refused alone, with its reason, and reading goes on. Folders, links
//! and devices are no files and are passed over. Nothing is ever written to the disk, no name is ever opened as a path,
//! and no more than the archive's directory and the decoder's window is held.

#[cfg(feature = "archives")]
mod directory;
#[cfg(feature = "archives")]
mod tar;
#[cfg(all(test, feature = "archives"))]
mod tests;
#[cfg(feature = "archives")]
mod zip;

#[cfg(feature = "archives")]
pub use self::{tar::read_tar, zip::read_zip};

use super::Source;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Who is given an archive's files. `Break` from either ends the reading.
pub trait EntryTaker {
    /// Takes a file. Its label is unique in the archive; its id is the archive's, `#`, and the label. It need not be read
    /// to its end, but only the end shows whether its checksum is right.
    ///
    /// # Errors
    /// What came out of `reader`, if nothing was made of the file because of it: the archive's reader then refuses the
    /// file, or ends with the reason if it is the archive itself that is cut or grows past the limits. Whoever has given
    /// sources of it already, as a container inside would, says itself where they end and returns no error.
    fn file(&mut self, label: &str, reader: &mut (dyn Read + Send)) -> io::Result<ControlFlow<()>>;

    /// Takes what has to be said of a file that cannot be read, or of the archive.
    fn refused(&mut self, source: Source) -> ControlFlow<()>;
}

/// The id of a file in an archive.
pub fn entry_id(id: &str, label: &str) -> String {
    format!("{id}#{label}")
}

#[cfg(feature = "archives")]
mod budget {
    //! What a whole archive may unpack to, however many of its entries share bytes.

    use crate::intake::Limits;
    use crate::intake::compressed::UnpackError;

    /// Counts what all entries of an archive unpack to.
    pub(super) struct Budget {
        /// The bytes of the archive, or as many as were read of it.
        pub(super) packed: u64,
        unpacked: u64,
        limits: Limits,
        /// The limit that was passed; with it the archive ends.
        pub(super) passed: Option<UnpackError>,
    }

    impl Budget {
        pub(super) fn new(packed: u64, limits: &Limits) -> Self {
            Budget { packed, unpacked: 0, limits: *limits, passed: None }
        }

        /// Counts `bytes` more.
        pub(super) fn spend(&mut self, bytes: usize) -> Result<(), UnpackError> {
            self.unpacked = self.unpacked.saturating_add(bytes as u64);
            let within = UnpackError::check(self.packed, self.unpacked, &self.limits);
            self.passed = self.passed.or(within.err());
            within
        }
    }
}

#[cfg(not(feature = "archives"))]
mod without {
    use super::EntryTaker;
    use crate::document::Notice;
    use crate::intake::{Limits, Source, compressed::not_built};
    use std::io::{Read, Seek};
    use std::ops::ControlFlow;

    /// Refuses a zip archive: this program was built without them.
    pub fn read_zip(id: &str, _: impl Read + Seek + Send, _: &Limits, taker: &mut dyn EntryTaker) -> ControlFlow<()> {
        taker.refused(Source::rejected(id, Notice::new("unpack", not_built().to_string())))
    }

    /// Refuses a tar archive: this program was built without them.
    pub fn read_tar(id: &str, _: impl Read + Send, _: &Limits, taker: &mut dyn EntryTaker) -> ControlFlow<()> {
        taker.refused(Source::rejected(id, Notice::new("unpack", not_built().to_string())))
    }
}

#[cfg(not(feature = "archives"))]
pub use without::{read_tar, read_zip};

#[cfg(all(test, not(feature = "archives")))]
mod tests_without {
    //! What a program says that was built without archives.

    use super::*;
    use crate::intake::compressed::{Compression, unpack};
    use crate::intake::{Content, Limits};

    struct Refusals(Vec<String>);

    impl EntryTaker for Refusals {
        fn file(&mut self, label: &str, _: &mut (dyn Read + Send)) -> io::Result<ControlFlow<()>> {
            panic!("{label}");
        }

        fn refused(&mut self, source: Source) -> ControlFlow<()> {
            let Content::Rejected(notice) = source.content else { panic!("{source:?}") };
            self.0.push(notice.message);
            ControlFlow::Continue(())
        }
    }

    #[test]
    fn archives_are_refused_with_the_feature_to_build_with() {
        let mut refusals = Refusals(Vec::new());
        let _ = read_zip("a.zip", io::Cursor::new(b"PK"), &Limits::default(), &mut refusals);
        let _ = read_tar("a.tar", io::empty(), &Limits::default(), &mut refusals);
        let error = unpack(Compression::Gzip, io::empty(), &Limits::default()).read(&mut [0]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::Unsupported);
        refusals.0.push(error.to_string());
        assert!(refusals.0.len() == 3 && refusals.0.iter().all(|message| message.contains("the feature `archives`")));
    }
}
