//! Coloured ink, as of seals and pens, told apart from black print.

use super::pixels::Picture;

/// How far the strongest and the weakest of red, green and blue lie apart in coloured ink.
const APART: u8 = 64;
/// A page with less of it than one pixel in so many is black print, with a few words of a pen at most.
const HARDLY: usize = 1000;

/// The picture in grey with its coloured ink faded, so that print can be read under a seal; none when there is hardly
/// any coloured ink.
pub(super) fn faded(picture: &Picture) -> Option<Picture> {
    // By two side by side: one alone may be noise of the scanner.
    let pairs = picture.bytes().chunks_exact(6);
    let all = pairs.len();
    let coloured = pairs.filter(|pair| pair.chunks_exact(3).all(is_coloured)).count();
    (picture.depth() == 3 && coloured.saturating_mul(HARDLY) >= all).then(|| black(picture))
}

fn is_coloured(pixel: &[u8]) -> bool {
    strongest(pixel).abs_diff(weakest(pixel)) > APART
}

/// Black ink is weak in every colour; ink of a seal is nearly as strong in its own as paper.
fn black(picture: &Picture) -> Picture {
    let grey = picture.grey();
    let pairs = picture.bytes().chunks_exact(3).zip(grey.bytes());
    let bytes =
        pairs.map(|(pixel, grey)| if is_coloured(pixel) { strongest(pixel) } else { *grey }).collect();
    let (width, height) = picture.size();
    let side = |side: u32| usize::try_from(side).unwrap_or(0);
    Picture::new(side(width), side(height), 1, bytes).unwrap_or(grey)
}

fn strongest(pixel: &[u8]) -> u8 {
    pixel.iter().copied().max().unwrap_or(255)
}

fn weakest(pixel: &[u8]) -> u8 {
    pixel.iter().copied().min().unwrap_or(255)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: [u8; 3] = [250, 248, 240];
    const BLACK: [u8; 3] = [30, 28, 35];
    const SEAL: [u8; 3] = [214, 32, 40];

    fn of(pixels: &[[u8; 3]]) -> Picture {
        Picture::new(pixels.len(), 1, 3, pixels.concat()).unwrap()
    }

    #[test]
    fn a_seal_fades_and_print_stays() {
        let faded = faded(&of(&[PAPER, BLACK, SEAL, SEAL])).unwrap();

        assert_eq!((faded.depth(), faded.size()), (1, (4, 1)));
        assert!(faded.bytes()[1] < 40 && faded.bytes()[2] > 200, "{:?}", faded.bytes());
    }

    #[test]
    fn black_print_is_left_as_it_is() {
        assert_eq!(faded(&of(&[PAPER, BLACK, PAPER])), None);
        assert_eq!(faded(&Picture::new(2, 1, 1, vec![0, 255]).unwrap()), None);
        let mut pen = vec![PAPER; 5000];
        pen.extend([[20, 40, 190]; 2]);
        assert_eq!(faded(&of(&pen)), None);
        assert_eq!(faded(&of(&[PAPER, SEAL].repeat(50))), None, "every other pixel is noise");
    }
}
