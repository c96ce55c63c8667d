//! A picture in memory: eight bits a pixel in grey, or three times eight in colour.

use num_traits::ToPrimitive;

/// Pixels row by row, 1 byte (grey) or 3 bytes (red, green, blue) each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    depth: usize,
    bytes: Vec<u8>,
}

impl Picture {
    /// From bytes of `depth` 1 or 3; none when there are too few or too many.
    pub fn new(width: usize, height: usize, depth: usize, bytes: Vec<u8>) -> Option<Self> {
        let fits = matches!(depth, 1 | 3) && width.checked_mul(height)?.checked_mul(depth)? == bytes.len();
        (fits && !bytes.is_empty()).then_some(Self { width, height, depth, bytes })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.width.to_u32().unwrap_or(u32::MAX), self.height.to_u32().unwrap_or(u32::MAX))
    }

    /// Bytes a pixel: 1 grey, 3 colour.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Rows of bytes.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes.chunks_exact(self.width.saturating_mul(self.depth))
    }

    /// The pixel at a place; white beyond the edges.
    #[inline]
    pub(super) fn at(&self, x: i64, y: i64) -> [u8; 3] {
        let inside = |x: i64, y: i64| {
            let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
            if x >= self.width {
                return None;
            }
            let from = y.checked_mul(self.width)?.checked_add(x)?.checked_mul(self.depth)?;
            match self.bytes.get(from..from.checked_add(self.depth)?)? {
                [grey] => Some([*grey; 3]),
                [red, green, blue] => Some([*red, *green, *blue]),
                _ => None,
            }
        };
        inside(x, y).unwrap_or([255; 3])
    }

    /// The same in grey.
    pub fn grey(&self) -> Self {
        if self.depth == 1 {
            return self.clone();
        }
        let weigh = |pixel: &[u8]| match pixel {
            [red, green, blue] => {
                let sum = u32::from(*red) * 77 + u32::from(*green) * 150 + u32::from(*blue) * 29;
                u8::try_from(sum >> 8).unwrap_or(255)
            }
            _ => 255,
        };
        let bytes = self.bytes.chunks_exact(3).map(weigh).collect();
        Self { depth: 1, bytes, ..*self }
    }

    /// A grey picture made smaller by a whole number, so that from `dpi` it stays at or above `wanted`.
    pub(super) fn reduced(&self, dpi: u16, wanted: u16) -> Self {
        let by = usize::from(dpi.checked_div(wanted).unwrap_or(1).max(1));
        let (width, height) = (self.width / by, self.height / by);
        if by == 1 || self.depth != 1 || width == 0 || height == 0 {
            return self.clone();
        }
        let many = (by * by).to_u32().unwrap_or(1);
        let mut bytes = Vec::with_capacity(width * height);
        let mut sums = vec![0_u32; width];
        for rows in self.bytes.chunks_exact(self.width * by).take(height) {
            sums.fill(0);
            for row in rows.chunks_exact(self.width) {
                for (sum, block) in sums.iter_mut().zip(row.chunks_exact(by)) {
                    *sum += block.iter().map(|grey| u32::from(*grey)).sum::<u32>();
                }
            }
            bytes.extend(sums.iter().map(|sum| u8::try_from(sum / many).unwrap_or(255)));
        }
        Self { width, height, depth: 1, bytes }
    }

    /// Whether another picture of about the same size shows something else: what is turned or mirrored differs by more
    /// than all its ink.
    pub(super) fn differs(&self, other: &Self) -> bool {
        let (width, height) = self.size();
        let rows = (0..i64::from(height)).step_by(7);
        let places = rows.flat_map(|y| (0..i64::from(width)).step_by(7).map(move |x| (x, y)));
        let (mut ink, mut apart) = (0_u64, 0_u64);
        for (x, y) in places {
            let (ours, theirs) = (self.at(x, y), other.at(x, y));
            ink += ours.iter().map(|grey| u64::from(255 - grey)).sum::<u64>();
            apart += ours.iter().zip(theirs).map(|(a, b)| u64::from(a.abs_diff(b))).sum::<u64>();
        }
        apart > ink
    }

    /// Turned clockwise by 0, 90, 180 or 270 degrees.
    pub(super) fn turned(self, degrees: u16) -> Self {
        match degrees {
            90 => self.placed(true, |width, height, x, y| (y, height - 1 - x, width)),
            180 => self.placed(false, |width, height, x, y| (width - 1 - x, height - 1 - y, width)),
            270 => self.placed(true, |width, _, x, y| (width - 1 - y, x, width)),
            _ => self,
        }
    }

    /// Mirrored left to right.
    pub(super) fn mirrored(self) -> Self {
        self.placed(false, |width, _, x, y| (width - 1 - x, y, width))
    }

    /// Every pixel fetched from the place that `from(width, height, x, y)` names, with the width of a row there.
    fn placed(
        self,
        swapped: bool,
        from: impl Fn(usize, usize, usize, usize) -> (usize, usize, usize),
    ) -> Self {
        let (width, height) = if swapped { (self.height, self.width) } else { (self.width, self.height) };
        let mut bytes = Vec::with_capacity(self.bytes.len());
        for y in 0..height {
            for x in 0..width {
                let (x, y, row) = from(self.width, self.height, x, y);
                let at = (y * row + x) * self.depth;
                bytes.extend_from_slice(self.bytes.get(at..at + self.depth).unwrap_or(&[]));
            }
        }
        Self { width, height, depth: self.depth, bytes }
    }

    /// The picture in the plain form of Netpbm (P5 or P6), which every tool reads and nothing is lost in.
    pub fn plain(&self) -> Vec<u8> {
        let kind = if self.depth == 1 { 5 } else { 6 };
        let mut all = format!("P{kind}\n{} {}\n255\n", self.width, self.height).into_bytes();
        all.extend_from_slice(&self.bytes);
        all
    }

    /// Reads the plain form; none when it is another.
    pub fn of_plain(bytes: &[u8]) -> Option<Self> {
        let head = bytes.get(..bytes.len().min(64))?;
        let mut ends = head.iter().enumerate().filter(|(_, byte)| byte.is_ascii_whitespace());
        let (end, _) = ends.nth(3)?;
        let mut words = std::str::from_utf8(head.get(..end)?).ok()?.split_ascii_whitespace();
        let depth = match words.next()? {
            "P5" => 1,
            "P6" => 3,
            _ => return None,
        };
        let (width, height) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Self::new(width, height, depth, bytes.get(end + 1..)?.to_vec())
    }
}
