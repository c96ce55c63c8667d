//! No parser panics on any text: 260,000 texts made from right ones by small mishaps, the same in every run.

use rules::codes::{
    DossierCode, FieldCode, LocationId, OrganisationCode, PersonNumber, PersonalId, PlaceCode, ProcedureCode,
    TaxCode, lookup_secret_as_typed, vietqr,
};
use rules::folding::{fold, unaccented};
use rules::lang::Lang;

/// What reads a text, and its name.
type Reader = (&'static str, fn(&str));

/// Every way a text from outside becomes a code; whoever writes a parser adds it here.
const READERS: [Reader; 13] = [
    ("organisation code", |text| {
        if let Ok(code) = OrganisationCode::parse(text) {
            assert_eq!(code.as_str(), text);
            assert!(!code.top().is_empty());
            let _ = code.turned_round();
        }
    }),
    ("dossier code", |text| drop(DossierCode::parse(text).map(|code| code.parts()))),
    ("procedure code", |text| {
        if let Ok(code) = ProcedureCode::parse(text) {
            assert_eq!(code.to_string(), text);
        }
    }),
    ("person number", |text| {
        if let Ok(number) = PersonNumber::parse(text) {
            assert_eq!((number.as_str(), number.code() < 3), (text, true));
        }
    }),
    ("personal id", |text| {
        if let Ok(id) = PersonalId::parse(text) {
            let _ = (id.birth_year(), id.sex(), id.doubts(Some(1990), None));
        }
    }),
    ("tax code", |text| {
        if let Ok(code) = TaxCode::parse(text) {
            assert_eq!(TaxCode::parse(code.as_str()), Ok(code.clone()));
        }
    }),
    ("field code", |text| {
        if let Ok(code) = FieldCode::parse(text) {
            assert_eq!((code.as_str(), code.agency().len()), (text, 3));
        }
    }),
    ("place code", |text| {
        if let Ok(code) = PlaceCode::parse(text) {
            assert_eq!(code.level().digits(), text.len());
        }
    }),
    ("location id", |text| drop(LocationId::parse(text))),
    ("look-up secret", |text| assert!(lookup_secret_as_typed(text).chars().count() <= 32)),
    ("purpose of a transfer", |text| drop(vietqr::transfer("970436", "0123456789", Some(1), text))),
    ("name", |text| drop((fold(text), unaccented(text)))),
    ("words of a fault", |text| {
        if let Err(problem) = TaxCode::parse(text) {
            assert!(!problem.words(Lang::Vi).is_empty());
        }
    }),
];

const RIGHT: [&str; 20] = [
    "000.00.00.H03",
    "001.05.15.H03",
    "H15.50.05.13",
    "Z01ABCDEF",
    "H15.50.05.13-261008-0975",
    "000.14.10.H03-240529-0001",
    "H15.50-261008-150975",
    "BCA-2026/000123",
    "1.001193",
    "1.001193.000.00.00.H03",
    "001199012345",
    "123456789",
    "0100233488",
    "0314409058-002",
    "G15-HT01",
    "01840",
    "190018400123",
    "ABCD-9AA9",
    "Nguyễn Thị Mẫu",
    "",
];

const STRANGE: [&str; 16] =
    ["\0", "\u{301}", "đ", "Đ", "٣", "🜂", "\u{feff}", "\u{202e}", "ß", "İ", "-", ".", "0", "9", "Z", "H"];

/// Xorshift: enough chance for mishaps, and the same mishaps in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % most.max(1)
    }
}

/// One to four mishaps: a letter more, less, doubled, moved, another one, a piece of another text, or a raw byte.
fn mishap(chance: &mut Chance) -> String {
    let mut bytes = RIGHT[chance.below(RIGHT.len())].as_bytes().to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        match chance.below(7) {
            0 => drop(bytes.splice(at..at, STRANGE[chance.below(STRANGE.len())].bytes())),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 if at < bytes.len() => bytes.insert(at, bytes[at]),
            3 if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
            4 if at < bytes.len() => bytes[at] = b'0' + u8::try_from(chance.below(10)).unwrap(),
            5 => drop(bytes.splice(at.., RIGHT[chance.below(RIGHT.len())].bytes())),
            _ => bytes.truncate(at),
        }
    }
    if chance.below(500) == 0 {
        bytes = bytes.repeat(40);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn c_05_c_12_no_reader_of_codes_panics_on_any_bytes() {
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);

    for _ in 0..20_000 {
        let text = mishap(&mut chance);
        READERS.iter().for_each(|(_, read)| read(&text));
    }
}

#[test]
fn c_05_what_is_right_is_read_by_its_reader() {
    let read = |text: &str| {
        [
            OrganisationCode::parse(text).is_ok(),
            ProcedureCode::parse(text).is_ok(),
            PersonNumber::parse(text).is_ok(),
            TaxCode::parse(text).is_ok(),
            FieldCode::parse(text).is_ok(),
            PlaceCode::parse(text).is_ok(),
        ]
    };

    let readers = |text| read(text).iter().filter(|ok| **ok).count();

    assert!(RIGHT[..4].iter().all(|code| read(code)[0] && readers(code) == 1));
    assert_eq!((readers("1.001193"), readers("G15-HT01"), readers("01840")), (1, 1, 1));
    assert_eq!(readers("001199012345"), 2, "a personal id is a tax code too");
}
