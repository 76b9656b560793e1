//! The words the catalogue knows.

use crate::spelling::{letters, sound};

/// Number of a word in the vocabulary.
pub(crate) type WordId = u16;

/// Every folded word of the catalogue once, found by its letters.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// All words one after the other.
    text: String,
    /// Where each word ends in `text`.
    ends: Vec<u32>,
    /// Letters of each word as bits.
    letters: Vec<u32>,
    /// Sound of each word.
    sounds: Vec<u32>,
    /// Open hash table of word numbers plus one; 0 is free. The size is a power of two.
    table: Vec<WordId>,
}

impl Vocabulary {
    /// Most words there can be; later ones are not taken, so that a number always fits.
    const MOST: usize = 60_000;

    /// The number of `word`, new or known; `None` when the vocabulary is full.
    pub(crate) fn intern(&mut self, word: &str) -> Option<WordId> {
        if self.ends.len() * 2 >= self.table.len() {
            self.grow();
        }
        let slot = self.slot(word);
        match self.table.get(slot).copied()? {
            0 if self.ends.len() < Self::MOST => {
                let id = WordId::try_from(self.ends.len()).ok()?;
                self.text.push_str(word);
                self.ends.push(u32::try_from(self.text.len()).ok()?);
                self.letters.push(letters(word));
                self.sounds.push(sound(word));
                if let Some(entry) = self.table.get_mut(slot) {
                    *entry = id + 1;
                }
                Some(id)
            }
            0 => None,
            known => Some(known - 1),
        }
    }

    /// The number of a known word.
    pub(crate) fn find(&self, word: &str) -> Option<WordId> {
        self.table.get(self.slot(word)).copied().filter(|entry| *entry != 0).map(|entry| entry - 1)
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The letters of a word.
    pub(crate) fn word(&self, id: usize) -> &str {
        let end = self.ends.get(id).map_or(0, |end| *end as usize);
        let start = if id == 0 { 0 } else { self.ends.get(id - 1).map_or(0, |end| *end as usize) };
        self.text.get(start..end).unwrap_or_default()
    }

    /// Letters of each word as bits, by number.
    pub(crate) fn letters(&self) -> &[u32] {
        &self.letters
    }

    /// Sound of each word, by number.
    pub(crate) fn sounds(&self) -> &[u32] {
        &self.sounds
    }

    /// Where `word` is in the table, or the free place it would take.
    fn slot(&self, word: &str) -> usize {
        let last = self.table.len().wrapping_sub(1);
        let hash = word.bytes().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let mut slot = (hash ^ (hash >> 15)) as usize & last;
        while let Some(entry) = self.table.get(slot).filter(|entry| **entry != 0) {
            if self.word(usize::from(*entry - 1)) == word {
                break;
            }
            slot = (slot + 1) & last;
        }
        slot
    }

    /// Doubles the table and puts every word in again.
    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(1024);
        self.table = vec![0; size];
        for id in 0..self.ends.len() {
            let slot = self.slot_of_known(id);
            if let (Some(entry), Ok(number)) = (self.table.get_mut(slot), WordId::try_from(id + 1)) {
                *entry = number;
            }
        }
    }

    /// The free place for a word that is in `text` but not yet in the table.
    fn slot_of_known(&self, id: usize) -> usize {
        self.slot(self.word(id))
    }
}
