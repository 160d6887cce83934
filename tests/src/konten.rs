//! Demo accounts by role.

use aqb_domain::berechtigung::{Recht, Rolle, Umfang};

/// Gebietskoerperschaft whose case the demonstration data carry.
pub const KREIS: &str = "06440";
/// A Gebietskoerperschaft that must not see it.
pub const FREMDER_KREIS: &str = "06411";

/// Roles in the order of the matrix, with their short names.
pub const ROLLEN: &[(Rolle, &str)] = &[
    (Rolle::Gebietskoerperschaft, "GK"),
    (Rolle::Bewilligungsbehoerde, "RP"),
    (Rolle::Ministerium, "MIN"),
    (Rolle::Traeger, "TR"),
    (Rolle::Pruefung, "PR"),
    (Rolle::Admin, "ADM"),
];

/// The account that owns the demo case, or simply the first of its role.
pub fn eigenes(rolle: Rolle) -> &'static str {
    match rolle {
        Rolle::Gebietskoerperschaft => "demo-gk-06440-1",
        Rolle::Bewilligungsbehoerde => "demo-bewilligung-1",
        Rolle::Ministerium => "demo-ministerium-1",
        Rolle::Traeger => "demo-traeger-1",
        Rolle::Pruefung => "demo-pruefung",
        Rolle::Admin => "demo-admin",
    }
}

/// A second person of the same role and owner, where there is one.
pub fn zweites(rolle: Rolle) -> Option<&'static str> {
    match rolle {
        Rolle::Gebietskoerperschaft => Some("demo-gk-06440-2"),
        Rolle::Bewilligungsbehoerde => Some("demo-bewilligung-2"),
        Rolle::Ministerium => Some("demo-ministerium-2"),
        Rolle::Traeger | Rolle::Pruefung | Rolle::Admin => None,
    }
}

/// An account of the same role with another owner.
pub fn fremdes(rolle: Rolle) -> Option<&'static str> {
    match rolle {
        Rolle::Gebietskoerperschaft => Some("demo-gk-06411-1"),
        Rolle::Traeger => Some("demo-traeger-2"),
        _ => None,
    }
}

/// Every account the generic tests use: all roles, second persons, foreign owners.
pub fn alle() -> Vec<&'static str> {
    let je = |(r, _): &(Rolle, &str)| [Some(eigenes(*r)), zweites(*r), fremdes(*r)];
    ROLLEN.iter().flat_map(je).flatten().collect()
}

/// Accounts whose role has the right, first persons before second ones.
pub fn berechtigte(recht: Recht) -> Vec<&'static str> {
    let mit = || ROLLEN.iter().map(|(r, _)| *r).filter(move |r| darf(*r, recht));
    mit().map(eigenes).chain(mit().filter_map(zweites)).collect()
}

/// The matrix as tests read it.
pub fn darf(rolle: Rolle, recht: Recht) -> bool {
    recht.umfang(rolle) != Umfang::Nein
}
