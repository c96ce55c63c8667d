//! The names in a PDF and the dictionaries they stand in (ISO 32000 §7.3.5, §7.3.7), read once from front to back.

/// Names that stand for active content (ISO 32000 §7.11.4, §12.6.4, §12.7.6).
const ACTIVE_NAMES: [&[u8]; 8] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"ImportData",
    b"SubmitForm",
    b"GoToE",
];
/// Dictionaries in dictionaries that are kept apart; deeper ones count as the last.
const DEEPEST: usize = 64;

/// What the names told.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    pub(super) encrypted: bool,
    pub(super) active: bool,
    pub(super) signed: bool,
    pub(super) fonts: bool,
    counted: u64,
    leaves: u64,
}

impl Seen {
    /// What was seen elsewhere in the same file.
    pub(super) fn add(&mut self, other: Self) {
        self.encrypted |= other.encrypted;
        self.active |= other.active;
        self.signed |= other.signed;
        self.fonts |= other.fonts;
        self.counted = self.counted.max(other.counted);
        self.leaves = self.leaves.saturating_add(other.leaves);
    }

    /// Pages as the largest tree of pages tells; where none tells, the pages themselves.
    pub(super) fn pages(&self) -> u32 {
        let pages = if self.counted == 0 { self.leaves } else { self.counted };
        u32::try_from(pages).unwrap_or(u32::MAX)
    }
}

/// What matters of one dictionary.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dictionary {
    pub(super) width: u64,
    pub(super) height: u64,
    pub(super) image: bool,
    /// Packed by FlateDecode alone.
    pub(super) deflated: bool,
    /// Packed in a way that is not undone here.
    pub(super) unreadable: bool,
    /// It is a stream of further objects (§7.5.7).
    pub(super) holds_objects: bool,
    tree: bool,
    count: u64,
    has_n: bool,
    has_first: bool,
}

/// The bytes between `stream` and `endstream`, and the dictionary before them.
#[derive(Debug)]
pub(super) struct Stream<'a> {
    pub(super) dictionary: Dictionary,
    pub(super) bytes: &'a [u8],
}

/// Reads everything once.
pub(super) fn walk(bytes: &[u8]) -> (Seen, Vec<Stream<'_>>) {
    let mut reading = Reading { seen: Seen::default(), open: Vec::new(), last: Dictionary::default() };
    let (mut streams, mut inside, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let free = at >= inside;
        at += 1;
        match rest {
            [b'/', after @ ..] => reading.name(after, free),
            [b'<', b'<', ..] if free => {
                reading.open();
                at += 1;
            }
            [b'>', b'>', ..] if free => {
                reading.close();
                at += 1;
            }
            [b'e', ..] if free && rest.starts_with(b"endobj") => reading.open.clear(),
            [b's', ..] if free && rest.starts_with(b"stream") => {
                let (body, length) = body(rest.get(6..).unwrap_or_default());
                inside = at + 5 + length;
                streams.push(Stream { dictionary: reading.last, bytes: body });
                reading.last = Dictionary::default();
            }
            _ => {}
        }
    }
    (reading.seen, streams)
}

/// Up to `endstream`, or to the end where it is missing, without the line end after the keyword; and the length of it all.
fn body(after: &[u8]) -> (&[u8], usize) {
    let end = after.windows(END.len()).position(|window| window == END).unwrap_or(after.len());
    let body = after.get(..end).unwrap_or_default();
    let body = body.strip_prefix(b"\r").unwrap_or(body);
    (body.strip_prefix(b"\n").unwrap_or(body), end + END.len())
}

const END: &[u8] = b"endstream";

struct Reading {
    seen: Seen,
    open: Vec<Dictionary>,
    last: Dictionary,
}

impl Reading {
    fn open(&mut self) {
        if self.open.len() < DEEPEST {
            self.open.push(Dictionary::default());
        }
    }

    fn close(&mut self) {
        let Some(mut closed) = self.open.pop() else { return };
        closed.holds_objects |= closed.has_n && closed.has_first;
        if closed.tree {
            self.seen.counted = self.seen.counted.max(closed.count);
        }
        self.last = closed;
    }

    /// Inside of a stream only what is too long to stand there by chance counts.
    fn name(&mut self, rest: &[u8], free: bool) {
        let (name, after) = name(rest);
        let seen = &mut self.seen;
        match name.as_slice() {
            b"Encrypt" => seen.encrypted = true,
            b"JS" | b"XFA" => seen.active |= free,
            b"ByteRange" => seen.signed |= free,
            b"Font" => seen.fonts |= free,
            name if ACTIVE_NAMES.contains(&name) => seen.active = true,
            _ => {}
        }
        if free {
            self.entry(&name, after);
        }
    }

    fn entry(&mut self, key: &[u8], after: &[u8]) {
        if let (b"Type", b"Page") = (key, value(after).as_slice()) {
            self.seen.leaves = self.seen.leaves.saturating_add(1);
        }
        let Some(open) = self.open.last_mut() else { return };
        match key {
            b"Type" => match value(after).as_slice() {
                b"Pages" => open.tree = true,
                b"ObjStm" => open.holds_objects = true,
                _ => {}
            },
            b"Subtype" => open.image |= value(after) == b"Image",
            b"Filter" => (open.deflated, open.unreadable) = packing(after),
            b"Predictor" => open.unreadable |= number(after) > 1,
            b"Count" => open.count = open.count.max(number(after)),
            b"Width" => open.width = number(after),
            b"Height" => open.height = number(after),
            b"N" => open.has_n = true,
            b"First" => open.has_first = true,
            _ => {}
        }
    }
}

/// The name at the beginning of `rest`, its `#xx` escapes undone (§7.3.5), as far as the longest of ours, and what follows.
fn name(rest: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut name = Vec::new();
    let mut rest = rest;
    while let [letter, after @ ..] = rest {
        if !is_regular(*letter) || name.len() > 16 {
            break;
        }
        let escaped = after.get(..2).filter(|_| *letter == b'#').and_then(|digits| hex::decode(digits).ok());
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
        name.push(escaped.and_then(|decoded| decoded.first().copied()).unwrap_or(*letter));
    }
    (name, rest)
}

fn is_regular(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(&byte)
}

fn blanks_skipped(after: &[u8]) -> &[u8] {
    let blanks = after.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0).count();
    after.get(blanks..).unwrap_or_default()
}

/// The name that is the value of a key; empty when the value is something else.
fn value(after: &[u8]) -> Vec<u8> {
    blanks_skipped(after).strip_prefix(b"/").map(|rest| name(rest).0).unwrap_or_default()
}

/// The whole number that is the value of a key; 0 when it is something else.
fn number(after: &[u8]) -> u64 {
    let digits = blanks_skipped(after).iter().take(12).map_while(|byte| char::from(*byte).to_digit(10));
    digits.fold(0, |sum, digit| sum * 10 + u64::from(digit))
}

/// Whether a stream is packed by FlateDecode alone, and whether by anything else, be it told elsewhere.
fn packing(after: &[u8]) -> (bool, bool) {
    let mut rest = blanks_skipped(after);
    let Some(mut list) = rest.strip_prefix(b"[") else {
        let flate = matches!(value(rest).as_slice(), b"FlateDecode" | b"Fl");
        return (flate, !flate);
    };
    let mut names = Vec::new();
    while let Some(next) = blanks_skipped(list).strip_prefix(b"/") {
        let (name, after) = name(next);
        names.push(name);
        list = after;
    }
    rest = blanks_skipped(list);
    match names.as_slice() {
        [] => (false, !rest.starts_with(b"]")),
        [one] => {
            let flate = matches!(one.as_slice(), b"FlateDecode" | b"Fl");
            (flate, !flate)
        }
        _ => (false, true),
    }
}
