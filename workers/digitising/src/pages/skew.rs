//! How far the lines of a page fall to one side, and levelling them.

use super::pixels::Picture;
use num_traits::ToPrimitive;
use std::cmp::Reverse;

/// Hundredths of a degree that are looked for to either side.
const MOST: i16 = 500;
/// Less than this is left alone: levelling costs a little sharpness.
const LEAST: i16 = 25;

/// Hundredths of a degree by which the lines of a grey picture of about 100 dpi fall to the right; 0 when they are
/// level enough or there are none.
///
/// Rows of letters stand out when the ink is added up along them: the angle with the sharpest rows is theirs.
pub(super) fn of(picture: &Picture) -> i16 {
    let ink = ink(picture);
    if ink.len() < 200 {
        return 0;
    }
    let height = i64::from(picture.size().1);
    let sharpness = |angle: &i16| sharpness(&ink, height, *angle);
    let coarse = (-MOST..=MOST).step_by(20).max_by_key(|angle| (sharpness(angle), Reverse(angle.abs())));
    let Some(coarse) = coarse else { return 0 };
    let near = (coarse - 20..=coarse + 20).step_by(4);
    let best = near.max_by_key(|angle| (sharpness(angle), Reverse(angle.abs()))).unwrap_or(0);
    let clear = sharpness(&best) > sharpness(&0).saturating_mul(11) / 10;
    if best.abs() >= LEAST && best.abs() < MOST && clear { best } else { 0 }
}

/// Places of dark pixels; the edge is left out, where scanners see the shadow of the lid.
fn ink(picture: &Picture) -> Vec<(i64, i64)> {
    let (width, height) = picture.size();
    let (side, top) = (i64::from(width) / 40, i64::from(height) / 40);
    let dark = threshold(picture);
    let rows = (0_i64..).zip(picture.rows()).filter(|(y, _)| (top..i64::from(height) - top).contains(y));
    rows.flat_map(|(y, row)| {
        let inside = (0_i64..).zip(row).filter(|(x, _)| (side..i64::from(width) - side).contains(x));
        inside.filter(|(_, grey)| **grey < dark).map(move |(x, _)| (x, y)).collect::<Vec<_>>()
    })
    .collect()
}

/// Half way between ink and paper, where paper is what most pixels are.
fn threshold(picture: &Picture) -> u8 {
    let mut counts = [0_u32; 256];
    for grey in picture.bytes() {
        if let Some(count) = counts.get_mut(usize::from(*grey)) {
            *count += 1;
        }
    }
    let paper = (0_u8..=255).zip(counts).max_by_key(|(_, count)| *count).map_or(255, |(grey, _)| grey);
    (paper / 3 * 2).max(60)
}

fn sharpness(ink: &[(i64, i64)], height: i64, angle: i16) -> i64 {
    let slope = parts(f64::from(angle).to_radians() / 100.0, f64::tan);
    let mut rows = vec![0_i64; usize::try_from(height).unwrap_or(0) + 2];
    for (x, y) in ink {
        // A pixel between two rows counts for both, by how near it is: steps of whole rows would favour 0 degrees.
        let place = (y << 16) - x * slope;
        let part = (place & 0xffff) >> 8;
        let row = usize::try_from(place >> 16).ok();
        if let Some([upper, lower]) = row.and_then(|row| rows.get_mut(row..row.saturating_add(2))) {
            *upper += 256 - part;
            *lower += part;
        }
    }
    rows.windows(2).map(|pair| if let [a, b] = pair { ((a - b) * (a - b)) >> 8 } else { 0 }).sum()
}

/// A function of an angle in 65,536ths.
fn parts(angle: f64, of: impl Fn(f64) -> f64) -> i64 {
    (of(angle) * 65_536.0).round().to_i64().unwrap_or(0)
}

/// Turned about its middle so that lines which fall by `skew` are level; the size and the scale stay.
pub(super) fn levelled(picture: &Picture, skew: i16) -> Picture {
    let angle = f64::from(skew).to_radians() / 100.0;
    let (sine, cosine) = (parts(angle, f64::sin), parts(angle, f64::cos));
    let (width, height) = picture.size();
    let (middle_x, middle_y) = (i64::from(width) / 2, i64::from(height) / 2);
    let mut bytes = Vec::with_capacity(picture.bytes().len());
    for y in 0..i64::from(height) {
        for x in 0..i64::from(width) {
            let (dx, dy) = (x - middle_x, y - middle_y);
            let from_x = (middle_x << 16) + dx * cosine - dy * sine;
            let from_y = (middle_y << 16) + dx * sine + dy * cosine;
            let mixed = between(picture, from_x, from_y);
            bytes.extend_from_slice(mixed.get(..picture.depth()).unwrap_or(&[]));
        }
    }
    let side = |side: u32| usize::try_from(side).unwrap_or(0);
    Picture::new(side(width), side(height), picture.depth(), bytes).unwrap_or_else(|| picture.clone())
}

/// The colour between four pixels, at a place in 65,536ths.
#[inline]
fn between(picture: &Picture, x: i64, y: i64) -> [u8; 3] {
    let (left, top, right, down) = (x >> 16, y >> 16, (x & 0xffff) >> 8, (y & 0xffff) >> 8);
    let corners = [
        (picture.at(left, top), (256 - right) * (256 - down)),
        (picture.at(left + 1, top), right * (256 - down)),
        (picture.at(left, top + 1), (256 - right) * down),
        (picture.at(left + 1, top + 1), right * down),
    ];
    let mix = |of: fn(&[u8; 3]) -> u8| {
        let sum: i64 = corners.iter().map(|(pixel, weight)| i64::from(of(pixel)) * weight).sum();
        u8::try_from((sum + 32_768) >> 16).unwrap_or(255)
    };
    [mix(|p| p[0]), mix(|p| p[1]), mix(|p| p[2])]
}
