//! What took the place of what (decision 0037). A code that was renamed or merged stands under its one successor, for filters and counts
//! alike; one that was split, or given up, stands for itself as long as cases have it.

use super::{Codebook, Field, FieldCode};

impl Field {
    /// The code under which cases with this code are found: where all successors lead to one code, that one; else itself.
    #[must_use]
    pub fn standing<'a>(&'a self, code: &'a str) -> &'a str {
        let Some(found) = self.code(code) else { return code };
        let mut ends = found.replaced_by.iter().map(|next| self.standing(next));
        let Some(end) = ends.next() else { return code };
        if ends.all(|other| other == end) { end } else { code }
    }

    /// What took the place of a retired code, in the order of the file that names them.
    pub fn successors<'a>(&'a self, code: &'a FieldCode) -> impl Iterator<Item = &'a FieldCode> {
        code.replaced_by.iter().filter_map(move |next| self.code(next))
    }

    /// The retired codes whose place this one took, alone or with others.
    pub fn predecessors<'a>(&'a self, code: &'a FieldCode) -> impl Iterator<Item = &'a FieldCode> {
        self.codes.iter().filter(move |earlier| earlier.replaced_by.contains(&code.code))
    }
}

impl Codebook {
    /// The field under which cases that speak of this one are found: where all successors lead to one field, that one; else itself.
    #[must_use]
    pub fn standing_field<'a>(&'a self, field: &'a Field) -> &'a Field {
        let mut ends = self.successors_of(field).map(|next| self.standing_field(next));
        let Some(end) = ends.next() else { return field };
        if ends.all(|other| other.code == end.code) { end } else { field }
    }

    /// Whether a statement of a field with this code answers a current field: the same one, or one that it took the place of.
    #[must_use]
    pub fn answers(&self, code: &str, field: &Field) -> bool {
        code == field.code
            || self.statement_field(code).is_some_and(|said| self.standing_field(said).code == field.code)
    }

    /// The facet with this code, a retired one too.
    #[must_use]
    pub fn facet(&self, code: &str) -> Option<&Field> {
        let named = self.by_code.get(code)?.iter().map(|position| &self.fields[*position]);
        let mut named = named.filter(|field| field.facet);
        let first = named.next()?;
        let current = if first.retired.is_none() { Some(first) } else { named.find(|field| field.retired.is_none()) };
        Some(current.unwrap_or(first))
    }

    /// Where a value of a facet is filed: under the standing field and the standing code. What is no facet is filed as it is.
    #[must_use]
    pub fn filed<'a>(&'a self, field: &'a str, code: Option<&'a str>) -> (&'a str, Option<&'a str>) {
        let Some(facet) = self.facet(field) else { return (field, code) };
        let standing = self.standing_field(facet);
        (standing.code.as_str(), code.map(|code| standing.standing(code)))
    }

    /// What took the place of a retired field, in the order of the file that names them.
    pub fn successors_of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Field> {
        field.replaced_by.iter().filter_map(move |next| self.field_in(field.within, next))
    }

    /// The retired fields whose place this one took, alone or with others.
    pub fn predecessors_of<'a>(&'a self, field: &'a Field) -> impl Iterator<Item = &'a Field> {
        self.fields
            .iter()
            .filter(move |earlier| earlier.within == field.within && earlier.replaced_by.contains(&field.code))
    }

    /// Retired fields that cannot be found under the one field that took their place, each with the reason.
    pub(super) fn unfit_successors(&self) -> Vec<(&Field, String)> {
        let pairs = self.fields.iter().map(|field| (field, self.standing_field(field)));
        let moved = pairs.filter(|(field, standing)| field.code != standing.code);
        moved.filter_map(|(field, standing)| Some((field, unfit(field, standing)?))).collect()
    }
}

/// Why cases that speak of `field` cannot be found under `standing`; none where they can.
fn unfit(field: &Field, standing: &Field) -> Option<String> {
    let (old, new) = (&field.code, &standing.code);
    if field.facet && !standing.facet {
        return Some(format!(
            "{old} is a facet and is replaced by {new}, which is none: old filters would lead nowhere"
        ));
    }
    if field.kind.is_coded() != standing.kind.is_coded() {
        return Some(format!("{old} is replaced by {new}, which is answered in another way (type)"));
    }
    let lost = field.codes.iter().find(|code| standing.code(&code.code).is_none())?;
    Some(format!("{old} is replaced by {new}, which lacks its code {}: add it there, retired if need be", lost.code))
}
