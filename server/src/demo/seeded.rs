//! Pseudorandom numbers for the demo (`SplitMix64`): the same seed gives the same numbers. These
//! numbers must not be used for secrets.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::randomness::{NoRandomness, Randomness};

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// A source of pseudorandom bytes, determined by a seed.
#[derive(Debug)]
pub struct SeededRandomness(AtomicU64);

impl SeededRandomness {
    /// Makes the source of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// Draws a number from 0 to `below - 1`.
    ///
    /// # Errors
    /// Never: this source does not fail.
    pub fn draw(&self, below: u64) -> Result<u64, NoRandomness> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes) % below.max(1))
    }

    /// Draws a number from `low` to `high`, both included.
    ///
    /// # Errors
    /// Never: this source does not fail.
    pub fn between(&self, low: i64, high: i64) -> Result<i64, NoRandomness> {
        let span = u64::try_from(high - low + 1).unwrap_or(1);
        let drawn = self.draw(span)?;
        Ok(low + i64::try_from(drawn).unwrap_or_default())
    }

    /// Draws `true` with this probability, in per cent.
    ///
    /// # Errors
    /// Never: this source does not fail.
    pub fn happens(&self, in_a_hundred: u64) -> Result<bool, NoRandomness> {
        Ok(self.draw(100)? < in_a_hundred)
    }

    /// Draws one of several items.
    ///
    /// # Errors
    /// When there are no items.
    pub fn one_of<'a, T>(&self, of: &'a [T]) -> Result<&'a T, NoRandomness> {
        let at = usize::try_from(self.draw(of.len() as u64)?).unwrap_or_default();
        of.get(at).ok_or(NoRandomness)
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for piece in bytes.chunks_mut(8) {
            let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let mixed = (mixed ^ (mixed >> 31)).to_le_bytes();
            piece.copy_from_slice(&mixed[..piece.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_every_number() {
        let drawn = |seed| {
            let seeded = SeededRandomness::new(seed);
            [(); 9].map(|()| seeded.draw(1_000).unwrap())
        };
        assert_eq!(drawn(7), drawn(7));
        assert_ne!(drawn(7), drawn(8));
    }

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        // The first numbers of the seed 1234567, as the algorithm's author publishes them.
        let seeded = SeededRandomness::new(1_234_567);
        assert_eq!(seeded.draw(u64::MAX).unwrap(), 6_457_827_717_110_365_317);
        assert_eq!(seeded.draw(u64::MAX).unwrap(), 3_203_168_211_198_807_973);
    }
}
