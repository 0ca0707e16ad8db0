//! Pictures that came by a page: looked at before they are unpacked, and made small. A few hundred bytes can say that they
//! are a picture of a billion dots, so size and shape are judged by the head of the file, and the decoder has a limit on memory.
//! What leaves here is drawn anew: no place, camera or name is left in it, and it stands the right way up.
//!
//! Drawing takes time and memory: call [`draw`] in a thread of its own, one at a time.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// More dots than any cover needs, and what a decoder may use to unpack them.
const MOST_DOTS: u64 = 40_000_000;
const MOST_SIDE: u32 = 12_000;
const MOST_MEMORY: u64 = 320 * 1024 * 1024;

/// Nobody can see less.
const LEAST_SIDE: u32 = 100;

/// Higher than this many times the width, or the other way round, it is no cover.
const MOST_STRETCHED: u64 = 4;

const QUALITY: u8 = 82;

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureError {
    /// Neither PNG nor JPEG.
    Kind,
    /// It cannot be read to its end.
    Damaged,
    /// More dots than are taken.
    TooManyDots,
    TooSmall,
    Stretched,
}

/// One picture, drawn in a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub width: u32,
    pub height: u32,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// The size of a picture in a width; never larger than it is.
pub fn scaled(width: u32, height: u32, wanted: u32) -> (u32, u32) {
    let to = wanted.min(width).max(1);
    let high = (u64::from(height) * u64::from(to) + u64::from(width) / 2) / u64::from(width.max(1));
    (to, u32::try_from(high).unwrap_or(u32::MAX).max(1))
}

/// Reads a PNG or JPEG and draws it in these widths. Gives its own size, the right way up, too.
pub fn draw(bytes: &[u8], widths: &[u32]) -> Result<((u32, u32), Vec<Drawn>), PictureError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureError::Kind)?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err(PictureError::Kind);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let fault = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => PictureError::TooManyDots,
        _ => PictureError::Damaged,
    };
    let mut decoder = reader.into_decoder().map_err(fault)?;
    let (width, height) = decoder.dimensions();
    let (shorter, longer) = (u64::from(width.min(height)), u64::from(width.max(height)));
    if shorter * longer > MOST_DOTS {
        return Err(PictureError::TooManyDots);
    }
    if shorter < u64::from(LEAST_SIDE) {
        return Err(PictureError::TooSmall);
    }
    if longer > shorter * MOST_STRETCHED {
        return Err(PictureError::Stretched);
    }
    let orientation = decoder.orientation().map_err(fault)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(fault)?;
    picture.apply_orientation(orientation);
    let (width, height) = (picture.width(), picture.height());
    // JPEG knows no dots that one sees through.
    let clear = picture.color().has_alpha() && picture.to_rgba8().pixels().any(|dot| dot.0[3] < 255);
    let picture = if clear { DynamicImage::ImageRgba8(picture.into_rgba8()) } else { DynamicImage::ImageRgb8(picture.into_rgb8()) };
    let mut drawn: Vec<Drawn> = Vec::new();
    for wanted in widths {
        let (to, high) = scaled(width, height, *wanted);
        if drawn.iter().any(|one| one.width == to) {
            continue;
        }
        let small = if to == width { picture.clone() } else { picture.resize_exact(to, high, FilterType::Lanczos3) };
        let mut out = Cursor::new(Vec::new());
        let media_type = if clear {
            small.write_to(&mut out, ImageFormat::Png).map_err(fault)?;
            "image/png"
        } else {
            small.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)).map_err(fault)?;
            "image/jpeg"
        };
        drawn.push(Drawn { width: to, height: high, media_type, bytes: out.into_inner() });
    }
    Ok(((width, height), drawn))
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};
    use proptest::prelude::*;

    use super::*;

    fn encoded(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn plain(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 90])))
    }

    #[test]
    fn a_picture_is_drawn_in_each_width_once() {
        let (size, drawn) = draw(&encoded(plain(300, 424), ImageFormat::Png), &[120, 240, 320, 640]).unwrap();
        assert_eq!(size, (300, 424));
        let sizes: Vec<_> = drawn.iter().map(|one| (one.width, one.height, one.media_type)).collect();
        assert_eq!(sizes, [(120, 170, "image/jpeg"), (240, 339, "image/jpeg"), (300, 424, "image/jpeg")]);
        for one in drawn {
            let again = image::load_from_memory(&one.bytes).unwrap();
            assert_eq!((again.width(), again.height()), (one.width, one.height));
        }
    }

    #[test]
    fn what_one_sees_through_stays_so() {
        let clear = RgbaImage::from_fn(200, 200, |x, _| Rgba([1, 2, 3, if x < 100 { 0 } else { 255 }]));
        let (_, drawn) = draw(&encoded(DynamicImage::ImageRgba8(clear), ImageFormat::Png), &[120]).unwrap();
        assert_eq!(drawn[0].media_type, "image/png");
        let full = RgbaImage::from_pixel(200, 200, Rgba([1, 2, 3, 255]));
        let (_, drawn) = draw(&encoded(DynamicImage::ImageRgba8(full), ImageFormat::Png), &[120]).unwrap();
        assert_eq!(drawn[0].media_type, "image/jpeg");
    }

    /// A JPEG with a mark that it lies on its side, as cameras write it, and a place: it is put upright, and the mark is gone.
    #[test]
    fn a_picture_stands_upright_and_tells_nothing() {
        let jpeg = encoded(plain(400, 200), ImageFormat::Jpeg);
        let exif: &[u8] = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut marked = jpeg[..2].to_vec();
        marked.extend([0xff, 0xe1]);
        marked.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        marked.extend(exif);
        marked.extend(&jpeg[2..]);
        let (size, drawn) = draw(&marked, &[120]).unwrap();
        assert_eq!((size, drawn[0].width, drawn[0].height), ((200, 400), 120, 240));
        assert!(!drawn[0].bytes.windows(4).any(|part| part == b"Exif"));
    }

    #[test]
    fn hostile_files_are_turned_away_before_they_are_unpacked() {
        let png = encoded(plain(200, 200), ImageFormat::Png);
        // A head that promises far more than there is.
        let mut bomb = png.clone();
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert!(matches!(draw(&bomb, &[120]), Err(PictureError::TooManyDots | PictureError::Damaged)));
        assert_eq!(draw(&encoded(plain(9000, 5000), ImageFormat::Jpeg), &[120]), Err(PictureError::TooManyDots));
        assert_eq!(draw(&png[..png.len() / 2], &[120]), Err(PictureError::Damaged));
        for other in [&b"%PDF-1.4"[..], b"GIF89a", b"<svg/>", b""] {
            assert_eq!(draw(other, &[120]), Err(PictureError::Kind));
        }
        assert_eq!(draw(&encoded(plain(99, 140), ImageFormat::Png), &[120]), Err(PictureError::TooSmall));
        assert_eq!(draw(&encoded(plain(100, 401), ImageFormat::Png), &[120]), Err(PictureError::Stretched));
    }

    proptest! {
        /// Never larger than it is, and of the same shape to within a dot.
        #[test]
        fn shapes_stay(width in 1_u32..5000, height in 1_u32..5000, wanted in 1_u32..1000) {
            let (to, high) = scaled(width, height, wanted);
            prop_assert!(to <= width && to <= wanted && high >= 1);
            let exact = f64::from(height) * f64::from(to) / f64::from(width);
            prop_assert!((f64::from(high) - exact).abs() <= 1.0);
        }

        #[test]
        fn whatever_comes_it_ends_well(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = draw(&bytes, &[120]);
        }
    }
}
