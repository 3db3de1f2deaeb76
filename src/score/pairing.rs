//! One-to-one pairing of what gold has with what was found.
//!
//! Comes in: two lists and how alike two of their members are. Goes out: pairs of indices,
//! each member in one pair at most. It must never depend on anything but likeness and
//! order: ties go to the earlier gold member, then to the earlier found one, as Python's
//! stable sort leaves them.

/// Pairs greedily, the most alike first; members that are not alike at all (0) stay single.
/// The pairs come in the order they were made.
pub(super) fn pair<G, F>(gold: &[G], found: &[F], likeness: impl Fn(&G, &F) -> f64) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, f) in found.iter().enumerate() {
            let alike = likeness(g, f);
            if alike > 0.0 {
                candidates.push((alike, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0)); // stable, so ties keep their order
    let (mut gold_taken, mut found_taken) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, i, j) in candidates {
        if !gold_taken[i] && !found_taken[j] {
            gold_taken[i] = true;
            found_taken[j] = true;
            pairs.push((i, j));
        }
    }
    pairs
}

/// Intersection over union of two half-open spans; 0 when they do not overlap.
pub(super) fn overlap([a, b]: [usize; 2], [c, d]: [usize; 2]) -> f64 {
    let (from, to) = (a.max(c), b.min(d));
    if to <= from {
        return 0.0;
    }
    (to - from) as f64 / (b.max(d) - a.min(c)) as f64
}

#[cfg(test)]
mod tests {
    use super::{overlap, pair};

    #[test]
    fn ties_go_to_the_earlier() {
        assert_eq!(pair(&[1, 1], &[1, 1], |_, _| 1.0), [(0, 0), (1, 1)]);
    }

    #[test]
    fn the_most_alike_are_paired_first() {
        let alike = |g: &f64, f: &f64| 1.0 - (g - f).abs();
        assert_eq!(pair(&[0.4, 0.5], &[0.5], alike), [(1, 0)]);
        assert_eq!(pair(&[0.0, 0.5], &[0.5, 0.4], alike), [(1, 0), (0, 1)]);
    }

    #[test]
    fn spans_that_touch_do_not_overlap() {
        assert_eq!(overlap([0, 5], [5, 9]), 0.0);
        assert_eq!(overlap([0, 8], [0, 10]), 0.8);
        assert_eq!(overlap([5, 5], [5, 5]), 0.0);
    }
}
