//! All that typst can reach: four files that are part of the program, four faces, no clock, no disk, no network.

use crate::fonts::{BOOK, FONTS};
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const TEMPLATES: [(&str, &str); 3] = [
    ("/main.typ", include_str!("../templates/main.typ")),
    ("/furniture.typ", include_str!("../templates/furniture.typ")),
    ("/blocks.typ", include_str!("../templates/blocks.typ")),
];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    TEMPLATES.iter().filter_map(|(path, text)| Some(Source::new(id(path)?, (*text).into()))).collect()
});
static DATA: LazyLock<Option<FileId>> = LazyLock::new(|| id("/data.json"));

/// The templates and the data of one form.
pub(crate) struct Desk {
    data: Bytes,
    main: FileId,
}

impl Desk {
    /// With `data.json` as given.
    pub(crate) fn with(data: String) -> Self {
        let main = SOURCES.first().map_or_else(|| Source::detached("").id(), Source::id);
        Self { data: Bytes::from_string(data), main }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SOURCES.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if Some(id) == *DATA { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

#[cfg(test)]
mod tests {
    use super::*;
    use typst_layout::PagedDocument;

    /// The desk with another main file, as if a template had been tampered with.
    struct Tampered(Desk, Source);

    impl World for Tampered {
        fn library(&self) -> &LazyHash<Library> {
            self.0.library()
        }
        fn book(&self) -> &LazyHash<FontBook> {
            self.0.book()
        }
        fn main(&self) -> FileId {
            self.1.id()
        }
        fn source(&self, id: FileId) -> FileResult<Source> {
            if id == self.1.id() { Ok(self.1.clone()) } else { self.0.source(id) }
        }
        fn file(&self, id: FileId) -> FileResult<Bytes> {
            self.0.file(id)
        }
        fn font(&self, index: usize) -> Option<Font> {
            self.0.font(index)
        }
        fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
            self.0.today(offset)
        }
    }

    #[test]
    fn a_template_reaches_no_file_no_package_and_no_clock() {
        for reach in [
            "#read(\"/etc/passwd\")",
            "#read(\"../../etc/passwd\")",
            "#include \"/other.typ\"",
            "#import \"@preview/cetz:0.3.0\"",
            "#image(\"/home/secret.png\")",
            "#datetime.today().display()",
        ] {
            let main = Source::new(id("/tampered.typ").unwrap(), reach.into());
            let world = Tampered(Desk::with("{}".into()), main);
            assert!(typst::compile::<PagedDocument>(&world).output.is_err(), "{reach}");
        }
        let main = Source::new(id("/tampered.typ").unwrap(), "#read(\"/data.json\")".into());
        let world = Tampered(Desk::with("{}".into()), main);
        assert!(typst::compile::<PagedDocument>(&world).output.is_ok());
    }
}
