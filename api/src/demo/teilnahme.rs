//! Demo: participants of the granted measure M01 of Wetterau. The pseudonyms are random; they stand for nobody.

use super::{akteur, als, demo_id};
use crate::app::teilnahme as app;
use crate::fehler::Ergebnis;
use aqb_domain::berechtigung::{Akteur, Rolle, Sicht};
use aqb_domain::teilnahme::{
    Altersgruppe, Austritt, Austrittsgrund, Geschlecht, Korrekturgrund, Rechtskreis, Rechtskreisangabe,
    Rechtskreisnachweis, Teilnahmeinhalt, Teilnahmestorno, Verbleib, Wohnsitznachweis,
};
use aqb_domain::zeit::tag;
use aqb_persistence::Tx;
use aqb_persistence::tresor::Tresor;

fn gk() -> Akteur {
    akteur("demo-gk-06440-1", Rolle::Gebietskoerperschaft, Some("06440"))
}

fn inhalt(pseudonym: &str, geschlecht: Geschlecht, altersgruppe: Altersgruppe) -> Teilnahmeinhalt {
    Teilnahmeinhalt {
        pseudonym: pseudonym.to_owned(),
        rechtskreise: vec![Rechtskreisangabe {
            rechtskreis: Rechtskreis::SgbIi,
            nachweis_art: Rechtskreisnachweis::BescheidGesehen,
            gesehen_am: tag(2026, 1, 28),
        }],
        ueber_bedarfsgemeinschaft: true,
        erstwohnsitz_hessen: true,
        erstwohnsitz_nachweis: Wohnsitznachweis::Meldebescheinigung,
        erstwohnsitz_geprueft_am: tag(2026, 1, 28),
        wohnsitz_kreisschluessel: "06440".to_owned(),
        zielgruppe: "NICHT_AUSBILDUNGSREIF".to_owned(),
        altersgruppe,
        geschlecht,
        migrationshintergrund: None,
        ausbildungskostenzuschuss: None,
        eintritt: tag(2026, 2, 1),
        anspruch_entfallen_am: None,
        austritt: None,
    }
}

/// Loads three: two take part, one has left into training; beside them one cancelled and one erased. Nothing that has not happened yet on the day of loading.
pub(super) fn laden(tx: &mut Tx<'_>, tresor: &Tresor) -> Ergebnis<()> {
    let a = "a7d2f0396b1c48e5d7309f2e6a84b1c5037e9d42f8a61b0c5d93e7284f10ab6c";
    let b = "c41e8f7a25d90b36e2f47a18c5309bd6f1e2874a9c0d536b18ef42a7903dc5e8";
    let c = "0f93b6d2e847a15c3b90d8f62e714ac59d280e6f3ab7145c8d02f9e6b3a71c48";
    let austritt = Austritt {
        austritt: tag(2026, 8, 31),
        austrittsgrund: Austrittsgrund::VorzeitigErfolg,
        verbleib: Verbleib::Ausbildung,
        abschluss_erreicht: false,
    };
    let heute = tx.heute();
    let austritt = (austritt.austritt <= heute).then_some(austritt);
    let zeilen = [
        (0x71, inhalt(a, Geschlecht::Weiblich, Altersgruppe::Unter18)),
        (0x72, inhalt(b, Geschlecht::Maennlich, Altersgruppe::Von18Bis24)),
        (0x73, Teilnahmeinhalt { austritt, ..inhalt(c, Geschlecht::Weiblich, Altersgruppe::Von18Bis24) }),
    ];
    for (nr, inhalt) in zeilen.into_iter().filter(|(_, i)| i.eintritt <= heute) {
        let ort = (demo_id(0xd1), demo_id(0xe1));
        als(tx, gk(), |tx| app::anlegen(tx, tresor, &Sicht::Alles, ort, demo_id(nr), inhalt)).map(drop)?;
    }
    if heute < tag(2026, 2, 1) {
        return Ok(());
    }
    let d = "6e20b9f7c5413ad80e97f2b6d148c35a7f06e9b2d3c8415af7620d9be481c3f5";
    let ort = (demo_id(0xd1), demo_id(0xe1));
    als(tx, gk(), |tx| {
        irrtum(tx, tresor, 0x75, inhalt(d, Geschlecht::Divers, Altersgruppe::Ab50))?;
        app::loesche(tx, tresor, &Sicht::Alles, ort, demo_id(0x79))?;
        irrtum(tx, tresor, 0x74, inhalt(d, Geschlecht::Divers, Altersgruppe::Ab50))
    })
}

/// One that was entered by mistake.
fn irrtum(tx: &mut Tx<'_>, tresor: &Tresor, nr: u16, inhalt: Teilnahmeinhalt) -> Ergebnis<()> {
    let ort = (demo_id(0xd1), demo_id(0xe1));
    app::anlegen(tx, tresor, &Sicht::Alles, ort, demo_id(nr), inhalt)?;
    let storno = Teilnahmestorno { grund: Korrekturgrund::NichtAngetreten };
    app::stornieren(tx, tresor, &Sicht::Alles, (ort, demo_id(nr), None), &storno).map(drop)
}
