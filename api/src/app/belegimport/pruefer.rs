//! Judging the lines of a file: what a line says by itself, beside the register, and beside the lines before it.

use super::vergleich::{Kandidat, Register, Stand};
use super::{Lesestand, als_zellbefund};
use crate::belegdatei::GeleseneZeile;
use crate::fehler::Ergebnis;
use aqb_domain::befund::{Befund, Befundablage, Einheit, Messwert, Schwere};
use aqb_domain::beleg::{Abdruck, Beleg, Belegfakten, Duplikat, Duplikatmerkmal, Zellbefund, zellbefund};
use aqb_domain::belegimport::{Belegdialekt, Belegformat, Belegimportzahlen, Belegimportzeile, Belegzeilenurteil};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::regel::{
    IMPORT_ANDERER_ZEITRAUM, IMPORT_DOPPELT_IN_DATEI, IMPORT_OHNE_ZEILEN, IMPORT_PFLICHT_LEER, IMPORT_WEITERER_TEIL,
    IMPORT_ZAHLUNGSDATUM_ERGAENZEN, LEISTUNG_AUSSERHALB_ZEITRAUM, MOEGLICHES_DUPLIKAT, ZAHLUNG_AUSSERHALB_ZEITRAUM,
};
use aqb_persistence::{DbConn, beleg};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Judges lines: remembers what stood in the file before, in as few bytes per line as can be.
pub struct Pruefer {
    f: Belegfakten,
    akteur: Akteur,
    sicht: Sicht,
    stand: Stand,
    /// Hash of a line's key → line of the file.
    gesehen: HashMap<u64, i64>,
    /// Hash of what two Belege may have in common → place in `stellen`.
    abdruecke: HashMap<u64, usize>,
    /// Lines in which a feature stood first.
    stellen: Vec<Fundstelle>,
    /// Numbers of the Belege of `stellen`, one after the other.
    belegnummern: String,
    /// Lines that can be read, and those of them outside the period of the proof.
    lesbar: (i64, i64),
    zahlen: Belegimportzahlen,
}

/// A line of the file: where its number ends in `belegnummern`, and hash of the group.
struct Fundstelle {
    zeile: i64,
    bis: usize,
    gruppe: Option<u64>,
}

/// Lines that are judged.
pub struct Urteile {
    /// The lines.
    pub zeilen: Vec<Belegimportzeile>,
    /// Counts so far.
    pub zahlen: Belegimportzahlen,
    /// Where reading stands.
    pub stand: Lesestand,
    /// With the last lines: what is to be said about the file as a whole.
    pub zur_datei: Option<Vec<Befund>>,
}

/// A line as it is read, before it is compared.
struct Einzelne {
    zeile: Belegimportzeile,
    kandidat: Option<Kandidat>,
    /// Addresses of its cells by field.
    adressen: BTreeMap<&'static str, String>,
    /// Service or payment lies outside the period.
    ausserhalb: bool,
}

impl Pruefer {
    /// Judges the lines of one file.
    pub fn neu(f: Belegfakten, akteur: Akteur, sicht: Sicht) -> Self {
        Pruefer {
            f,
            akteur,
            sicht,
            stand: Stand::neu(),
            gesehen: HashMap::new(),
            abdruecke: HashMap::new(),
            stellen: Vec::new(),
            belegnummern: String::new(),
            lesbar: (0, 0),
            zahlen: Belegimportzahlen::default(),
        }
    }

    /// Judges the next lines. The register is read first: where that fails, nothing is remembered.
    ///
    /// # Errors
    /// The database.
    pub fn urteile(&mut self, c: &mut DbConn, zeilen: &[GeleseneZeile], stand: &Lesestand) -> Ergebnis<Urteile> {
        let mut einzelne: Vec<Einzelne> = zeilen.iter().map(|z| self.einzeln(z, stand.dialekt.format)).collect();
        let kandidaten = || einzelne.iter().filter_map(|e| e.kandidat.as_ref());
        let register = self.stand.lies(c, self.f.kette.kette_id, kandidaten())?;
        let abdruecke: Vec<Abdruck> = kandidaten()
            .map(|k| Abdruck { id: register.gleicher(k).map_or(Uuid::nil(), |a| a.wert.id), ..k.beleg.abdruck() })
            .collect();
        let mut im_register = beleg::gleiche(c, &self.sicht, &abdruecke)?.into_iter().zip(abdruecke);
        for e in &mut einzelne {
            if let Some(k) = e.kandidat.take() {
                self.lesbar.0 = self.lesbar.0.saturating_add(1);
                self.lesbar.1 = self.lesbar.1.saturating_add(i64::from(e.ausserhalb));
                let moegliche = im_register.next();
                self.vergleiche(e, &k, &register)?;
                if let Some((register, abdruck)) = moegliche.filter(|_| e.zeile.urteil != Belegzeilenurteil::Fehlerhaft)
                {
                    self.duplikate(e, &k, &register, &abdruck);
                }
            }
            let hinweis = e.zeile.befunde.iter().any(|b| b.befund.schwere != Schwere::Fehler);
            self.zahlen.zaehle(e.zeile.urteil, hinweis);
        }
        Ok(Urteile {
            zeilen: einzelne.into_iter().map(|e| e.zeile).collect(),
            zahlen: self.zahlen,
            stand: stand.clone(),
            zur_datei: stand.fertig.then(|| self.zur_datei(&stand.dialekt)),
        })
    }

    /// What the line says by itself.
    fn einzeln(&self, z: &GeleseneZeile, format: Belegformat) -> Einzelne {
        let mut e = Einzelne {
            zeile: Belegimportzeile {
                nr: z.nr,
                urteil: Belegzeilenurteil::Fehlerhaft,
                zellen: z.zellen.clone(),
                inhalt: None,
                befunde: z.nebenbei.clone(),
            },
            kandidat: None,
            adressen: z.adressen.clone(),
            ausserhalb: false,
        };
        let Some(l) = &z.lesung else {
            e.zeile.urteil = Belegzeilenurteil::Leer;
            return e;
        };
        let schon = |feld: &Option<String>| feld.is_some() && z.nebenbei.iter().any(|n| n.feld == *feld);
        let eigene = l.befunde.iter().filter(|b| !schon(&b.feld)).cloned();
        e.zeile.befunde.extend(eigene.map(|b| ohne_zahlung(b, z.nr, format)));
        let gesperrt = e.zeile.befunde.iter().any(|b| b.befund.schwere == Schwere::Fehler);
        let Some(inhalt) = l.inhalt.clone().filter(|_| !gesperrt) else { return e };
        let befunde = match Beleg::entwerfen(Uuid::nil(), 1, inhalt.clone(), &self.f, &self.akteur) {
            Ok((beleg, befunde)) => {
                e.zeile.inhalt = Some(inhalt);
                e.zeile.urteil = Belegzeilenurteil::Neu;
                e.kandidat = Some(Kandidat::neu(beleg));
                let ausserhalb = [LEISTUNG_AUSSERHALB_ZEITRAUM.code, ZAHLUNG_AUSSERHALB_ZEITRAUM.code];
                e.ausserhalb = befunde.iter().any(|b| ausserhalb.contains(&b.regel.code));
                befunde
            }
            Err(befunde) => befunde,
        };
        e.finde(&befunde);
        e
    }

    /// What the line says beside the register and the lines before it.
    fn vergleiche(&mut self, e: &mut Einzelne, k: &Kandidat, r: &Register) -> Ergebnis<()> {
        let inhalt = &k.beleg.inhalt;
        let schluessel = self.stand.hash(&k.zeile);
        if let Some(erste) = self.gesehen.get(&schluessel) {
            e.zeile.urteil = Belegzeilenurteil::Fehlerhaft;
            e.zur_nummer(&IMPORT_DOPPELT_IN_DATEI, &inhalt.belegnummer, ("zeile", erste.to_string()));
            return Ok(());
        }
        self.gesehen.insert(schluessel, e.zeile.nr);
        let befunde = inhalt.pruefe_umfeld(&self.stand.umfeld(k, r)?);
        if befunde.iter().any(Befund::blockiert) {
            e.zeile.urteil = Belegzeilenurteil::Fehlerhaft;
            e.finde(&befunde);
            return Ok(());
        }
        let alt = r.gleicher(k);
        let weiterer = |(_, zeile, ..): &&beleg::Nummernzeile| alt.is_none() && k.beleg.ist_weiterer_teil(zeile);
        if let Some((.., lfd_nr)) = r.mit_nummer(k).iter().find(weiterer) {
            e.zur_nummer(&IMPORT_WEITERER_TEIL, &inhalt.belegnummer, ("lfd_nr", lfd_nr.to_string()));
        }
        self.stand.nimm(k, r)?;
        e.zeile.urteil = match alt {
            None => Belegzeilenurteil::Neu,
            Some(a) if a.wert.inhalt == *inhalt => Belegzeilenurteil::Unveraendert,
            Some(_) => Belegzeilenurteil::Geaendert,
        };
        Ok(())
    }

    /// Possible duplicates in the register and among the lines before; the strongest feature of the file is named.
    fn duplikate(&mut self, e: &mut Einzelne, k: &Kandidat, register: &[Duplikat], a: &Abdruck) {
        let adresse = e.adresse("belegnummer");
        let moegliche = register.iter().map(|d| als_zellbefund(&d.befund().ort("/belegnummer"), &adresse));
        e.zeile.befunde.extend(moegliche);
        let merkmale = [
            a.scan.as_ref().map(|s| (Duplikatmerkmal::Scan, s)),
            Some((Duplikatmerkmal::Nummer, &a.nummer)),
            Some((Duplikatmerkmal::Rechnung, &a.rechnung)),
        ];
        let gruppe = a.gruppe.as_ref().map(|g| self.stand.hash(g));
        let (hier, mut neu, mut frueher) = (self.stellen.len(), false, None);
        for (merkmal, wert) in merkmale.into_iter().flatten() {
            let erste = *self.abdruecke.entry(self.stand.hash((merkmal.code(), wert))).or_insert(hier);
            neu |= erste == hier;
            // a group is one invoice in parts
            let fremd = self.stellen.get(erste).filter(|s| gruppe.is_none() || s.gruppe != gruppe);
            frueher = frueher.or(fremd.map(|_| (merkmal, erste)));
        }
        if let Some((merkmal, stelle)) = frueher {
            let b = Befund::neu(&MOEGLICHES_DUPLIKAT)
                .ort("/belegnummer")
                .gemessen("belegnummer", self.stelle(stelle), Einheit::Code)
                .gemessen("merkmal", merkmal, Einheit::Code);
            e.zeile.befunde.push(als_zellbefund(&b, &adresse));
        }
        if neu {
            self.belegnummern.push_str(&k.beleg.inhalt.belegnummer);
            self.stellen.push(Fundstelle { zeile: e.zeile.nr, bis: self.belegnummern.len(), gruppe });
        }
    }

    /// Number of a Beleg of the file, and its line.
    fn stelle(&self, i: usize) -> String {
        let von = i.checked_sub(1).and_then(|i| self.stellen.get(i)).map_or(0, |s| s.bis);
        let Some(s) = self.stellen.get(i) else { return String::new() };
        format!("{} (Zeile {})", self.belegnummern.get(von..s.bis).unwrap_or_default(), s.zeile)
    }

    /// What is to be said about the file as a whole, when all of its lines are judged.
    fn zur_datei(&self, d: &Belegdialekt) -> Vec<Befund> {
        let mut befunde = Vec::new();
        if self.zahlen.zeilen == self.zahlen.leer {
            let b = Befund::neu(&IMPORT_OHNE_ZEILEN);
            befunde.push(b.gemessen("zeile", d.kopfzeile, Einheit::Anzahl));
        }
        let (lesbar, ausserhalb) = self.lesbar;
        let f = &self.f;
        if ausserhalb.saturating_mul(2) > lesbar {
            befunde.push(
                Befund::neu(&IMPORT_ANDERER_ZEITRAUM)
                    .gemessen("anzahl", ausserhalb, Einheit::Anzahl)
                    .gemessen("zeilen", lesbar, Einheit::Anzahl)
                    .erlaubt("fruehestens", f.berichtszeitraum.von, Einheit::Datum)
                    .erlaubt("spaetestens", f.berichtszeitraum.bis, Einheit::Datum)
                    .regelwerk(&f.regelwerk),
            );
        }
        befunde
    }
}

/// A booking batch cannot have a day of payment, so the finding says what to do instead.
fn ohne_zahlung(b: Zellbefund, nr: i64, format: Belegformat) -> Zellbefund {
    let leer = b.befund.code.0 == IMPORT_PFLICHT_LEER.code && b.feld.as_deref() == Some("zahlungsdatum");
    if !leer || format != Belegformat::Datev {
        return b;
    }
    let befund = Befund::neu(&IMPORT_ZAHLUNGSDATUM_ERGAENZEN).gemessen("zeile", nr, Einheit::Anzahl);
    Zellbefund { befund: Befundablage::from(&befund), ..b }
}

impl Einzelne {
    /// Address of the cell of a field, or the line.
    fn adresse(&self, feld: &str) -> String {
        self.adressen.get(feld).cloned().unwrap_or_else(|| format!("Zeile {}", self.zeile.nr))
    }

    /// Adds findings about fields, each at the cell in which the field stands.
    fn finde(&mut self, befunde: &[Befund]) {
        let neue: Vec<Zellbefund> = befunde
            .iter()
            .map(|b| {
                let feld = b.ort.as_deref().map(|o| o.trim_start_matches('/')).unwrap_or_default();
                als_zellbefund(b, &self.adresse(feld))
            })
            .collect();
        self.zeile.befunde.extend(neue);
    }

    /// Adds a finding about the number of the Beleg, and where the other one stands.
    fn zur_nummer(
        &mut self,
        regel: &'static aqb_domain::regel::Regel,
        belegnummer: &str,
        (name, wert): (&str, String),
    ) {
        let mut b = zellbefund(regel, &self.adresse("belegnummer"), Some("belegnummer"), belegnummer, "");
        b.befund.gemessen.push(Messwert { name: name.to_owned(), wert, einheit: Einheit::Anzahl });
        self.zeile.befunde.push(b);
    }
}
