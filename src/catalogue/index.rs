//! The index and the search over it.

use contract::catalogue::{Catalogue, CatalogueRow, Group, LifeEvent};
use contract::procedure::Level;
use vietnam::fold;
use vietnam::procedure_code::ProcedureCode;

use crate::query::{self, QueryWord};
use crate::spelling::{asked_turns, turn};
use crate::vocabulary::{Vocabulary, WordId};

/// A procedure that answers a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// National code without suffix.
    pub code: String,
    /// How well it answers; only the order between hits of one query means something.
    pub score: f32,
}

/// A catalogue and, for every procedure, the words that lead to it. Made once per catalogue, then only read.
///
/// Internal codes (5., 6.) are left out; replaced codes lead to what replaced them.
#[derive(Debug, Default)]
pub struct Index {
    catalogue: Catalogue,
    /// What level and frequency make of an equally good match, for each row.
    weights: Vec<f32>,
    /// Replaced code and the row that replaced it.
    replaced: Vec<(String, u16)>,
    vocabulary: Vocabulary,
    /// What each word tells: rare words tell more.
    telling: Vec<f32>,
    texts: Vec<Text>,
    tokens: Vec<Token>,
    /// Rows of all texts one after the other, each with how surely the text means it.
    targets: Vec<(u16, f32)>,
    /// For each word, where its texts begin in `postings`; one more at the end.
    posting_starts: Vec<u32>,
    /// Texts of all words one after the other.
    postings: Vec<u16>,
}

/// A name, a title, an everyday phrase or the name of a field.
#[derive(Debug)]
struct Text {
    first_token: u32,
    tokens: u16,
    first_target: u32,
    targets: u16,
    /// Sum of what its words tell.
    telling: f32,
    /// Which turns it makes ("cấp lại", "gia hạn"), as bits.
    turns: u16,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    word: WordId,
    marks: u16,
}

/// A text under construction.
struct Draft<'text> {
    text: &'text str,
    targets: Vec<(u16, f32)>,
}

impl Index {
    /// Most texts that are read again word by word.
    const READ_AGAIN: usize = 160;

    /// Makes the index of a catalogue.
    #[must_use]
    pub fn build(catalogue: Catalogue) -> Self {
        let mut catalogue = catalogue;
        let everyday = std::mem::take(&mut catalogue.everyday);
        let old_names: Vec<(String, String)> = catalogue
            .replaced
            .iter()
            .filter_map(|(old, new)| {
                Some((catalogue.rows.iter().find(|row| row.code == *old)?.name.clone(), new.clone()))
            })
            .collect();
        let replaced = std::mem::take(&mut catalogue.replaced);
        catalogue.rows.retain(|row| is_shown(row, &replaced));
        catalogue.rows.truncate(MOST_ROWS);
        let mut index = Self { weights: catalogue.rows.iter().map(row_weight).collect(), catalogue, ..Self::default() };
        index.replaced =
            replaced.into_iter().filter_map(|(old, new)| index.position(&new).map(|number| (old, number))).collect();
        let rows = std::mem::take(&mut index.catalogue.rows);
        for (number, row) in (0_u16..).zip(&rows) {
            let target = (number, index.weight(number));
            index.add(Draft { text: &row.name, targets: vec![target] });
            if let Some(title) = &row.title {
                index.add(Draft { text: title, targets: vec![target] });
            }
        }
        index.catalogue.rows = rows;
        for (name, new) in &old_names {
            let targets = index.position(new).map(|number| (number, 0.95)).into_iter().collect();
            index.add(Draft { text: name, targets });
        }
        for (phrase, codes) in &everyday {
            let targets = codes.iter().filter_map(|code| index.position(code)).zip(POSITION_WEIGHTS).collect();
            index.add(Draft { text: phrase, targets });
        }
        let fields = std::mem::take(&mut index.catalogue.fields);
        for (number, field) in (0_u16..).zip(&fields) {
            let rows = (0_u16..).zip(&index.catalogue.rows).filter(|(_, row)| row.field == number);
            let targets = rows.map(|(row, _)| (row, index.weight(row) * FIELD_WEIGHT)).collect();
            index.add(Draft { text: field, targets });
        }
        index.catalogue.fields = fields;
        index.weigh();
        index
    }

    /// The procedures that may be shown, in the order of the catalogue.
    #[must_use]
    pub fn rows(&self) -> &[CatalogueRow] {
        &self.catalogue.rows
    }

    /// The procedure with this code, or the one that replaced it.
    #[must_use]
    pub fn row(&self, code: &str) -> Option<&CatalogueRow> {
        self.position(code).and_then(|row| self.catalogue.rows.get(usize::from(row)))
    }

    /// Name of the field of a procedure; blank where the catalogue has none.
    #[must_use]
    pub fn field(&self, row: &CatalogueRow) -> &str {
        self.catalogue.fields.get(usize::from(row.field)).map_or("", String::as_str)
    }

    /// Groups of fields, as a citizen would look for them.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.catalogue.groups
    }

    /// Life events and their procedures.
    #[must_use]
    pub fn life_events(&self) -> &[LifeEvent] {
        &self.catalogue.life_events
    }

    /// How many procedures the index shows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.catalogue.rows.len()
    }

    /// Is there no procedure at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.catalogue.rows.is_empty()
    }

    /// The procedures that answer `query`, best first, at most `limit`; none for a query without letters or digits.
    ///
    /// A query that is a code, whole, with a suffix or half typed, finds by code. A query that ends without a blank is
    /// taken to end in a half-typed word.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        if let Some(hits) = self.by_code(query, limit) {
            return hits;
        }
        let words = query::read(query, &self.vocabulary);
        if words.is_empty() {
            return Vec::new();
        }
        let meanings = self.meanings(&words);
        let candidates = self.candidates(&words, &meanings);
        let asked = Asked::of(&words);
        let mut scores = vec![0.0_f32; self.catalogue.rows.len()];
        // What each word of the query told about each row, by whichever of its texts.
        let mut told_of_row: Vec<(u16, Vec<f32>)> = Vec::new();
        let mut told = vec![0.0_f32; words.len()];
        for text in candidates {
            let score = self.read_again(text, &words, &meanings, &asked, &mut told);
            let Some(text) = self.texts.get(text) else { continue };
            for (row, weight) in self.targets_of(text) {
                if let Some(best) = scores.get_mut(usize::from(*row)) {
                    *best = best.max(score * weight);
                }
                match told_of_row.iter_mut().find(|(number, _)| number == row) {
                    Some((_, most)) => most.iter_mut().zip(&told).for_each(|(most, told)| *most = most.max(*told)),
                    None => told_of_row.push((*row, told.clone())),
                }
            }
        }
        let most: f32 =
            (0..words.len()).map(|word| told_of_row.iter().map(|(_, told)| told[word]).fold(0.0, f32::max)).sum();
        for (row, told) in &told_of_row {
            if let Some(score) = scores.get_mut(usize::from(*row)) {
                *score *=
                    1.0 - ANSWERED_SHARE + ANSWERED_SHARE * (told.iter().sum::<f32>() / most.max(f32::MIN_POSITIVE));
            }
        }
        self.best(&scores, limit)
    }

    /// The position of the row with this code, following replacements.
    fn position(&self, code: &str) -> Option<u16> {
        let row = self.catalogue.rows.iter().position(|row| row.code == code).and_then(|row| u16::try_from(row).ok());
        row.or_else(|| self.replaced.iter().find(|(old, _)| old == code).map(|(_, row)| *row))
    }

    /// Answers a query that is a code or the beginning of one; `None` when it is words.
    fn by_code(&self, query: &str, limit: usize) -> Option<Vec<Hit>> {
        let whole = ProcedureCode::parse(query).ok().or_else(|| {
            query
                .split_whitespace()
                .find(|word| word.len() >= 8 && word.contains('.'))
                .and_then(|word| ProcedureCode::parse(word).ok())
        });
        if let Some(code) = whole {
            let row = self.position(code.as_str());
            return Some(row.and_then(|row| self.hit(usize::from(row), 1.0)).into_iter().take(limit).collect());
        }
        let digits: String = query.chars().filter(char::is_ascii_digit).collect();
        let only_digits =
            query.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ' ' | ','));
        if digits.len() < 2 || !only_digits {
            return None;
        }
        let mut scores = vec![0.0; self.catalogue.rows.len()];
        let replaced = self.replaced.iter().map(|(old, row)| (old.as_str(), usize::from(*row)));
        for (code, row) in
            self.catalogue.rows.iter().enumerate().map(|(row, it)| (it.code.as_str(), row)).chain(replaced)
        {
            let mut plain = code.chars().filter(char::is_ascii_digit);
            let begins = digits.chars().all(|digit| plain.next() == Some(digit));
            let serial = code.split('.').nth(1).unwrap_or_default();
            let found = begins || (digits.len() >= 4 && serial.starts_with(&digits));
            if let (true, Some(score), Some(weight)) = (found, scores.get_mut(row), self.weights.get(row)) {
                *score = *weight;
            }
        }
        Some(self.best(&scores, limit))
    }

    /// For each word of the query a table: certainty in percent for each word of the vocabulary.
    fn meanings(&self, words: &[QueryWord]) -> Vec<u8> {
        let size = self.vocabulary.len();
        let mut table = vec![0_u8; size * words.len()];
        for (word, row) in words.iter().zip(table.chunks_exact_mut(size.max(1))) {
            query::meanings(word, &self.vocabulary, &mut |id, certainty| {
                if let Some(best) = row.get_mut(id) {
                    *best = certainty.max(*best);
                }
            });
        }
        table
    }

    /// The texts worth reading again, by what the words they share with the query tell.
    fn candidates(&self, words: &[QueryWord], meanings: &[u8]) -> Vec<usize> {
        let size = self.vocabulary.len().max(1);
        let mut told = vec![0.0_f32; self.texts.len()];
        let mut by_this_word = vec![0.0_f32; self.texts.len()];
        let mut touched: Vec<u16> = Vec::new();
        for (word, row) in words.iter().zip(meanings.chunks_exact(size)) {
            let share = filler_share(word);
            for (id, certainty) in row.iter().enumerate().filter(|(_, certainty)| **certainty > 0) {
                let tells = self.telling.get(id).copied().unwrap_or(0.0) * f32::from(*certainty) * 0.01 * share;
                for text in self.texts_with(id) {
                    if let Some(best) = by_this_word.get_mut(usize::from(*text)) {
                        if *best == 0.0 {
                            touched.push(*text);
                        }
                        *best = best.max(tells);
                    }
                }
            }
            for text in touched.drain(..) {
                let text = usize::from(text);
                if let (Some(sum), Some(best)) = (told.get_mut(text), by_this_word.get_mut(text)) {
                    *sum += *best;
                    *best = 0.0;
                }
            }
        }
        let mut most = 0.0_f32;
        for (sum, text) in told.iter_mut().zip(&self.texts) {
            if *sum > 0.0 {
                let weight = self.targets_of(text).first().map_or(0.0, |(_, weight)| *weight);
                *sum *= (0.5 + 0.5 * (*sum / text.telling).min(1.0)) * weight;
                most = most.max(*sum);
            }
        }
        best_steps(&told, most, Self::READ_AGAIN)
    }

    /// How well a text answers, with the order of words and their marks.
    ///
    /// `told_by_word` gets what each word of the query told.
    fn read_again(
        &self,
        text: usize,
        words: &[QueryWord],
        meanings: &[u8],
        asked: &Asked,
        told_by_word: &mut [f32],
    ) -> f32 {
        let size = self.vocabulary.len().max(1);
        let Some(text) = self.texts.get(text) else { return 0.0 };
        let tokens = self.tokens_of(text);
        let mut covered = vec![0.0_f32; tokens.len()];
        let mut told = 0.0_f32;
        let mut in_order = 0.0_f32;
        // How surely each token was meant by the word before.
        let mut before = vec![0.0_f32; tokens.len()];
        let mut now = vec![0.0_f32; tokens.len()];
        for ((word, row), told_by_it) in words.iter().zip(meanings.chunks_exact(size)).zip(told_by_word) {
            let share = filler_share(word);
            let mut best = 0.0_f32;
            let mut best_pair = 0.0_f32;
            for (at, token) in tokens.iter().enumerate() {
                let certainty = row.get(usize::from(token.word)).copied().unwrap_or(0);
                let sure = if certainty == 0 {
                    0.0
                } else {
                    f32::from(certainty) * 0.01 * marks_share(word.marks, token.marks, asked.marked)
                };
                now[at] = sure;
                if sure > 0.0 {
                    let tells = self.telling_of(*token) * sure;
                    covered[at] = covered[at].max(tells);
                    best = best.max(tells);
                    let previous = at.checked_sub(1).map_or(0.0, |at| before[at]);
                    if previous > 0.0 {
                        let pair = previous.min(sure);
                        best_pair =
                            best_pair.max(pair * (self.telling_of(*token) + self.telling_of(tokens[at - 1])) * 0.5);
                    }
                }
            }
            *told_by_it = best * share;
            told += best * share;
            in_order += best_pair * share;
            std::mem::swap(&mut before, &mut now);
        }
        let coverage = if text.telling > 0.0 { covered.iter().sum::<f32>() / text.telling } else { 0.0 };
        (told + PAIR_SHARE * in_order)
            * (1.0 - COVERAGE_SHARE + COVERAGE_SHARE * coverage)
            * asked.turn_share(text.turns)
    }

    /// The rows with a score, best first.
    fn best(&self, scores: &[f32], limit: usize) -> Vec<Hit> {
        let mut ranked: Vec<(f32, usize)> = Vec::with_capacity(limit.min(64) + 1);
        for (row, score) in scores.iter().enumerate().filter(|(_, score)| **score > 0.0) {
            // Few are kept, so the place is found by walking; equal scores stay in the order of rows.
            let at = ranked.iter().take_while(|(better, _)| better >= score).count();
            if at < limit {
                ranked.insert(at, (*score, row));
                ranked.truncate(limit);
            }
        }
        let enough = ranked.first().map_or(0.0, |(best, _)| best * LEAST_SHARE);
        ranked
            .into_iter()
            .filter(|(score, _)| *score >= enough)
            .filter_map(|(score, row)| self.hit(row, score))
            .collect()
    }

    fn hit(&self, row: usize, score: f32) -> Option<Hit> {
        self.catalogue.rows.get(row).map(|row| Hit { code: row.code.clone(), score })
    }

    /// Takes a text in, word by word; one that means no procedure is left out.
    fn add(&mut self, draft: Draft<'_>) {
        if draft.targets.is_empty() || self.texts.len() >= usize::from(u16::MAX) {
            return;
        }
        let first_token = self.tokens.len();
        let mut turns = 0;
        let (vocabulary, tokens) = (&mut self.vocabulary, &mut self.tokens);
        fold::for_each_word(draft.text, &mut |start, end, folded| {
            if let Some(word) = vocabulary.intern(folded).filter(|_| tokens.len() - first_token < MOST_TOKENS) {
                let marks = draft.text.get(start..end).map_or(0, fold::marks);
                tokens.push(Token { word, marks });
                turns |= turn(folded, marks);
            }
        });
        self.texts.push(Text {
            first_token: u32::try_from(first_token).unwrap_or(u32::MAX),
            tokens: u16::try_from(self.tokens.len() - first_token).unwrap_or(u16::MAX),
            first_target: u32::try_from(self.targets.len()).unwrap_or(u32::MAX),
            targets: u16::try_from(draft.targets.len()).unwrap_or(u16::MAX),
            telling: 0.0,
            turns,
        });
        self.targets.extend(draft.targets);
    }

    /// Works out what each word tells and in which texts it stands.
    fn weigh(&mut self) {
        let size = self.vocabulary.len();
        let mut counts = vec![0_u32; size];
        let mut last_text = vec![usize::MAX; size];
        let each_word_once = |index: &Self, seen: &mut Vec<usize>, visit: &mut dyn FnMut(usize, usize)| {
            seen.fill(usize::MAX);
            for (number, text) in index.texts.iter().enumerate() {
                for token in index.tokens_of(text) {
                    let word = usize::from(token.word);
                    if let Some(last) = seen.get_mut(word).filter(|last| **last != number) {
                        *last = number;
                        visit(number, word);
                    }
                }
            }
        };
        each_word_once(self, &mut last_text, &mut |_, word| counts[word] += 1);
        let mut starts = Vec::with_capacity(size + 1);
        let mut total = 0_u32;
        for count in &counts {
            starts.push(total);
            total += count;
        }
        starts.push(total);
        let mut next = starts.clone();
        let mut postings = vec![0_u16; total as usize];
        each_word_once(self, &mut last_text, &mut |text, word| {
            if let Some(place) = postings.get_mut(next[word] as usize) {
                *place = u16::try_from(text).unwrap_or(u16::MAX);
            }
            next[word] += 1;
        });
        #[expect(clippy::cast_precision_loss, reason = "counts of texts are far below 2^24")]
        let all = self.texts.len() as f32;
        #[expect(clippy::cast_precision_loss, reason = "counts of texts are far below 2^24")]
        let telling = counts.iter().map(|count| (1.0 + all / (*count as f32).max(1.0)).ln()).collect();
        self.telling = telling;
        self.posting_starts = starts;
        self.postings = postings;
        for number in 0..self.texts.len() {
            let sum = self
                .texts
                .get(number)
                .map_or(0.0, |text| self.tokens_of(text).iter().map(|token| self.telling_of(*token)).sum());
            if let Some(text) = self.texts.get_mut(number) {
                text.telling = sum;
            }
        }
    }

    fn weight(&self, row: u16) -> f32 {
        self.weights.get(usize::from(row)).copied().unwrap_or(0.0)
    }

    fn telling_of(&self, token: Token) -> f32 {
        self.telling.get(usize::from(token.word)).copied().unwrap_or(0.0)
    }

    fn tokens_of(&self, text: &Text) -> &[Token] {
        let first = text.first_token as usize;
        self.tokens.get(first..first + usize::from(text.tokens)).unwrap_or_default()
    }

    fn targets_of(&self, text: &Text) -> &[(u16, f32)] {
        let first = text.first_target as usize;
        self.targets.get(first..first + usize::from(text.targets)).unwrap_or_default()
    }

    fn texts_with(&self, word: usize) -> &[u16] {
        let start = self.posting_starts.get(word).map_or(0, |start| *start as usize);
        let end = self.posting_starts.get(word + 1).map_or(0, |end| *end as usize);
        self.postings.get(start..end).unwrap_or_default()
    }
}

/// Positions of about the `wanted` highest of `values` (none above `most`): values are put on 256 steps and whole steps are
/// taken from the top, which needs no sorting.
fn best_steps(values: &[f32], most: f32, wanted: usize) -> Vec<usize> {
    if most <= 0.0 {
        return Vec::new();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of one on 256 steps")]
    let step = |value: f32| (value / most * 255.0) as u8;
    let mut counts = [0_usize; 256];
    for value in values.iter().filter(|value| **value > 0.0) {
        counts[usize::from(step(*value))] += 1;
    }
    let mut taken = 0;
    let lowest = (0..=255_u8).rev().find(|at| {
        taken += counts[usize::from(*at)];
        taken >= wanted
    });
    let lowest = lowest.unwrap_or(0);
    let best = values.iter().enumerate().filter(|(_, value)| **value > 0.0 && step(**value) >= lowest);
    best.map(|(number, _)| number).take(wanted * 3).collect()
}

/// What holds for a query as a whole.
struct Asked {
    /// Some word was typed with marks.
    marked: bool,
    /// Turns the query makes for sure, as bits.
    turns: u16,
    /// Turns it may make.
    may_turn: u16,
}

impl Asked {
    fn of(words: &[QueryWord]) -> Self {
        let mut asked = Self { marked: false, turns: 0, may_turn: 0 };
        for word in words {
            let (sure, may_be) = asked_turns(&word.folded, word.marks);
            asked.marked |= word.marks != 0;
            asked.turns |= sure;
            asked.may_turn |= may_be;
        }
        asked
    }

    /// A turn only one side makes is probably another errand.
    fn turn_share(&self, of_text: u16) -> f32 {
        match ((self.turns ^ of_text) & !self.may_turn).count_ones() {
            0 => 1.0,
            1 => TURN_SHARE,
            _ => TURN_SHARE * TURN_SHARE,
        }
    }
}

/// What is left of a score when query and text differ in one turn.
const TURN_SHARE: f32 = 0.8;
/// Most procedures, so that a number always fits.
const MOST_ROWS: usize = 60_000;
/// Most words of one text that count.
const MOST_TOKENS: usize = 160;
/// What an everyday phrase gives the first, second, third … procedure it means.
const POSITION_WEIGHTS: [f32; 5] = [1.2, 1.12, 1.06, 1.0, 0.97];
/// What the name of a field gives its procedures.
const FIELD_WEIGHT: f32 = 0.5;
/// What two words in order tell beside what each tells.
const PAIR_SHARE: f32 = 0.6;
/// How much of the score hangs on how much of the query the row answered, by all its names together.
const ANSWERED_SHARE: f32 = 0.4;
/// How much of the score hangs on how much of the text was asked for.
const COVERAGE_SHARE: f32 = 0.7;
/// Hits with less than this share of the best score are not shown.
const LEAST_SHARE: f32 = 0.25;

/// Is the row one that citizens may see?
fn is_shown(row: &CatalogueRow, replaced: &[(String, String)]) -> bool {
    let internal = ProcedureCode::parse(&row.code).is_ok_and(|code| code.is_internal());
    !internal && !replaced.iter().any(|(old, _)| *old == row.code)
}

/// Core first, then what a commune serves; what only a ministry serves last.
fn row_weight(row: &CatalogueRow) -> f32 {
    let ministry_only = !row.level.is_empty() && row.level.iter().all(|level| matches!(level, Level::Ministry));
    match () {
        () if row.core => 1.2,
        () if row.level.contains(&Level::Commune) => 1.04,
        () if ministry_only => 0.72,
        () if row.level.contains(&Level::Province) => 1.0,
        () => 0.9,
    }
}

/// Fillers count a little: they may be part of a name.
fn filler_share(word: &QueryWord) -> f32 {
    if word.filler { 0.2 } else { 1.0 }
}

/// Marks that agree or were not typed cost nothing; other marks are another word, or a slip.
fn marks_share(typed: u16, known: u16, marked: bool) -> f32 {
    match (typed, known) {
        _ if typed == known => 1.0,
        (0, _) if marked => 0.9,
        (0, _) => 1.0,
        _ => 0.7,
    }
}
