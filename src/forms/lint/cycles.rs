//! Components that depend on each other in a circle.

use super::sites::{Sites, Why};
use super::{Finding, LintFinding};

pub(super) fn look(sites: &Sites<'_>, findings: &mut Vec<Finding>) {
    let mut edges: Vec<Vec<usize>> = (0..sites.all.len()).map(|number| depends_on(sites, number)).collect();
    for number in 0..edges.len() {
        if let Some(circle) = circle(&edges, number) {
            let keys = circle.iter().map(|part| sites.all[*part].key.to_owned()).collect();
            findings.push(Finding { path: sites.all[number].path.clone(), finding: LintFinding::Cycle(keys) });
            // Each circle is told once: at its first component.
            for part in circle {
                edges[part].clear();
            }
        }
    }
}

/// The components that decide whether this one is shown, or what its value is.
fn depends_on(sites: &Sites<'_>, number: usize) -> Vec<usize> {
    let mut found: Vec<usize> = sites.simple(number).iter().filter_map(|simple| sites.named(simple.name)).collect();
    let reads = sites.reads(number);
    found.extend(reads.iter().filter(|read| read.why != Why::Check).filter_map(|read| sites.at(&read.place)));
    // A value that is calculated from itself, such as one that only fills in what is blank, is no circle.
    found.retain(|read| *read != number || reads.iter().all(|read| read.why != Why::Value));
    found.extend(sites.all[number].parent);
    found.sort_unstable();
    found.dedup();
    found
}

/// A shortest circle through a component, the component first.
fn circle(edges: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut from: Vec<Option<usize>> = vec![None; edges.len()];
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for next in &edges[at] {
            if *next == start {
                let mut circle = vec![at];
                let mut back = at;
                while back != start {
                    back = from[back]?;
                    circle.push(back);
                }
                circle.reverse();
                return Some(circle);
            }
            if from[*next].is_none() {
                from[*next] = Some(at);
                open.push_back(*next);
            }
        }
    }
    None
}
