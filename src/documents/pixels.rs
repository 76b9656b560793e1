//! The pixels that a picture is judged by.
//!
//! Nearly everything is judged by brightness alone, which most files hold apart from their colours: a picture of twelve
//! megapixels is never made of red, green and blue where nobody looks at them.

use crate::raster::{Decoded, Grey, Raster, joined, within};

/// An upright picture.
pub(crate) struct Pixels {
    pub(crate) brightness: Grey,
    pub(crate) chroma: Chroma,
}

/// Where the colours of a picture are.
pub(crate) enum Chroma {
    /// It is grey.
    None,
    /// How far each colour is from the brightness, coarser or as fine (JFIF 1.02).
    Apart {
        /// Of blue.
        blue: Grey,
        /// Of red.
        red: Grey,
    },
    /// In pixels of all colours.
    Mixed(Raster),
}

impl Pixels {
    /// Of a picture whose colours are mixed.
    pub(crate) fn of(raster: Raster) -> Self {
        Self { brightness: raster.grey(), chroma: Chroma::Mixed(raster) }
    }

    /// Of what a browser decoded; nothing if its bytes do not fit its size.
    pub(crate) fn of_decoded(decoded: &Decoded) -> Option<Self> {
        Raster::of_decoded(decoded).map(Self::of)
    }

    /// In colour, with at most so many pixels on the long side. `brightness` is that of this picture, or shrunk from it,
    /// and larger than what is wanted.
    pub(crate) fn coloured(&self, brightness: &Grey, long_side: u32) -> Raster {
        let (blue, red) = match &self.chroma {
            Chroma::Mixed(raster) => return raster.shrunk(long_side),
            Chroma::None => (None, None),
            Chroma::Apart { blue, red } => (Some(blue), Some(red)),
        };
        let (width, height) = within(brightness.size(), long_side).unwrap_or(brightness.size());
        let brightness = brightness.resampled((width, height)).levels;
        let rgb = match blue.zip(red) {
            None => brightness.iter().flat_map(|level| [*level; 3]).collect(),
            Some((blue, red)) => {
                let (blue, red) = (blue.resampled((width, height)).levels, red.resampled((width, height)).levels);
                let differences = blue.iter().zip(&red);
                brightness
                    .iter()
                    .zip(differences)
                    .flat_map(|(level, (blue, red))| joined(*level, *blue, *red))
                    .collect()
            }
        };
        Raster { width, height, rgb }
    }
}
