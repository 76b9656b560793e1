//! Answers: the one mutable thing while a form is filled.

use crate::path::{DataPath, Segment, segments};
use serde_json::{Map, Value};

/// The most rows a list of answers may have.
pub const MAX_ROWS: usize = 500;

/// The deepest nesting of objects and lists in answers.
const MAX_DEPTH: usize = 64;

/// What a person has answered so far: a JSON map from data path to value, not yet checked.
///
/// Nothing typed is lost here: a field that is hidden keeps its answer, and evaluating never changes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    data: Value,
}

/// Why something cannot be read or kept as answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswersError {
    /// Answers are a JSON object.
    #[error("the answers are not an object")]
    NotAnObject,
    /// The text is not JSON.
    #[error("the answers are not JSON")]
    NotJson,
    /// Nested deeper than 64 levels.
    #[error("the answers are nested too deep")]
    TooDeep,
    /// The path runs through an answer that holds no other answers.
    #[error("the path runs through a plain answer")]
    NoSuchPlace,
    /// The row does not exist and is not the next one, or there are already 500.
    #[error("there is no such row")]
    NoSuchRow,
}

impl Answers {
    /// No answers.
    #[must_use]
    pub fn new() -> Self {
        Self { data: Value::Object(Map::new()) }
    }

    /// Reads answers from a JSON object.
    pub fn parse(data: Value) -> Result<Self, AnswersError> {
        if !data.is_object() {
            return Err(AnswersError::NotAnObject);
        }
        if !is_shallower_than(&data, MAX_DEPTH) {
            return Err(AnswersError::TooDeep);
        }
        Ok(Self { data })
    }

    /// Reads answers from JSON text, such as a stored draft.
    pub fn from_json(text: &str) -> Result<Self, AnswersError> {
        Self::parse(serde_json::from_str(text).map_err(|_| AnswersError::NotJson)?)
    }

    /// The answers as JSON text, keys in alphabetical order.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.data.to_string()
    }

    /// The answers as a JSON object.
    #[must_use]
    pub fn data(&self) -> &Value {
        &self.data
    }

    /// The answer at `path`, if there is one.
    #[must_use]
    pub fn get(&self, path: &DataPath) -> Option<&Value> {
        get(&self.data, path.as_str())
    }

    /// Keeps `answer` at `path`, making the objects on the way; a row may be an existing one or the next.
    pub fn set(&mut self, path: &DataPath, answer: Value) -> Result<(), AnswersError> {
        if !is_shallower_than(&answer, MAX_DEPTH - path.segments().count().min(MAX_DEPTH)) {
            return Err(AnswersError::TooDeep);
        }
        let mut place = &mut self.data;
        for segment in path.segments() {
            place = match segment {
                Segment::Key(key) => {
                    if place.is_null() {
                        *place = Value::Object(Map::new());
                    }
                    let object = place.as_object_mut().ok_or(AnswersError::NoSuchPlace)?;
                    object.entry(key).or_insert(Value::Null)
                }
                Segment::Row(row) => {
                    if place.is_null() {
                        *place = Value::Array(Vec::new());
                    }
                    let list = place.as_array_mut().ok_or(AnswersError::NoSuchPlace)?;
                    if row > list.len() || row >= MAX_ROWS {
                        return Err(AnswersError::NoSuchRow);
                    }
                    if row == list.len() {
                        list.push(Value::Null);
                    }
                    &mut list[row]
                }
            };
        }
        *place = answer;
        Ok(())
    }

    /// Takes the answer at `path` away and returns it.
    pub fn remove(&mut self, path: &DataPath) -> Option<Value> {
        remove(&mut self.data, path.as_str())
    }

    /// How many rows the list at `path` has.
    #[must_use]
    pub fn rows(&self, path: &DataPath) -> usize {
        self.get(path).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// Adds an empty row to the list at `path` and returns its number.
    pub fn add_row(&mut self, path: &DataPath) -> Result<usize, AnswersError> {
        let row = self.rows(path);
        self.set(&path.row(row), Value::Object(Map::new()))?;
        Ok(row)
    }

    /// Takes row `row` of the list at `path` away; the rows after it move up.
    pub fn remove_row(&mut self, path: &DataPath, row: usize) -> Option<Value> {
        let list = get_mut(&mut self.data, path.as_str())?.as_array_mut()?;
        (row < list.len()).then(|| list.remove(row))
    }
}

/// Is `value` nested less deep than `depth`? A plain value has depth 0.
pub(crate) fn is_shallower_than(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(list) => depth > 0 && list.iter().all(|item| is_shallower_than(item, depth - 1)),
        Value::Object(object) => depth > 0 && object.values().all(|item| is_shallower_than(item, depth - 1)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Is there an answer whose name is the whole path? It comes before one inside others, as lodash has it (`castPath`). On screen there is
/// none: answers are kept one inside the other.
fn is_name(data: &Value, path: &str) -> bool {
    cfg!(not(target_arch = "wasm32"))
        && path.contains(['.', '['])
        && data.as_object().is_some_and(|it| it.contains_key(path))
}

/// The value at `path`. A number reaches into lists, written `[0]` or `.0`.
pub(crate) fn get<'a>(data: &'a Value, path: &str) -> Option<&'a Value> {
    if is_name(data, path) {
        return data.as_object()?.get(path);
    }
    let mut place = data;
    for segment in segments(path) {
        place = match (place, segment) {
            (Value::Object(object), Segment::Key(key)) => object.get(key)?,
            (Value::Object(object), Segment::Row(row)) => object.get(&row.to_string())?,
            (Value::Array(list), Segment::Row(row)) => list.get(row)?,
            (Value::Array(list), Segment::Key(key)) => list.get(key.parse::<usize>().ok()?)?,
            (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _) => return None,
        };
    }
    Some(place)
}

/// As [`get`], to change.
pub(crate) fn get_mut<'a>(data: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let mut place = data;
    for segment in segments(path) {
        place = match (place, segment) {
            (Value::Object(object), Segment::Key(key)) => object.get_mut(key)?,
            (Value::Array(list), Segment::Row(row)) => list.get_mut(row)?,
            _ => return None,
        };
    }
    Some(place)
}

/// Keeps `value` at `path` in the working copy of the data, as lodash `set` does: what is not an object or list on the way is replaced.
///
/// Rows beyond the end leave `null` rows before them; paths come from the walk over existing rows, so this is bounded by the data.
pub(crate) fn put(data: &mut Value, path: &str, value: Value) {
    if is_name(data, path)
        && let Value::Object(object) = data
    {
        object.insert(path.to_owned(), value);
        return;
    }
    // Mostly what is around is there already, and one step is left.
    let (around, last) = match path.bytes().rposition(|it| it == b'.' || it == b'[') {
        None => (Some(&mut *data), Some(Segment::Key(path))),
        Some(0) => (None, None),
        Some(at) => (get_mut(data, &path[..at]), segments(path[at..].trim_start_matches('.')).next()),
    };
    match (around, last) {
        (Some(Value::Object(object)), Some(Segment::Key(key))) => {
            object.insert(key.to_owned(), value);
        }
        (Some(Value::Array(rows)), Some(Segment::Row(row))) if row < rows.len() => rows[row] = value,
        _ => put_slowly(data, path, value),
    }
}

fn put_slowly(data: &mut Value, path: &str, value: Value) {
    let mut place = data;
    for segment in segments(path) {
        match segment {
            // An object has a number for a name.
            Segment::Row(_) if cfg!(not(target_arch = "wasm32")) && place.is_object() => {}
            Segment::Key(_) if !place.is_object() => *place = Value::Object(Map::new()),
            Segment::Row(_) if !place.is_array() => *place = Value::Array(Vec::new()),
            Segment::Key(_) | Segment::Row(_) => {}
        }
        place = match (place, segment) {
            (Value::Object(object), Segment::Key(key)) => object.entry(key).or_insert(Value::Null),
            (Value::Object(object), Segment::Row(row)) => object.entry(row.to_string()).or_insert(Value::Null),
            (Value::Array(list), Segment::Row(row)) => {
                while list.len() <= row {
                    list.push(Value::Null);
                }
                &mut list[row]
            }
            _ => return,
        };
    }
    *place = value;
}

/// Takes the value at `path` away, as lodash `unset` does.
pub(crate) fn remove(data: &mut Value, path: &str) -> Option<Value> {
    if is_name(data, path) {
        return data.as_object_mut()?.remove(path);
    }
    let split = path.bytes().rposition(|it| it == b'.' || it == b'[');
    let (place, last) = match split {
        None => (data, Segment::Key(path)),
        Some(at) => (get_mut(data, &path[..at])?, segments(path[at..].trim_start_matches('.')).next()?),
    };
    match (place, last) {
        (Value::Object(object), Segment::Key(key)) => object.remove(key),
        (Value::Array(rows), Segment::Row(row)) => rows.get_mut(row).map(std::mem::take),
        _ => None,
    }
}
