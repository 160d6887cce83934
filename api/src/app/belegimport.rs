//! Imports of Beleglisten: begun, judged bite by bite, taken over bite by bite.

use crate::app::beleg::{eintragen, fakten, kette, umschreiben};
use crate::app::vorhanden;
use crate::belegdatei::{GeleseneZeile, Optionen};
use crate::fehler::{Ergebnis, Fehler};
use aqb_domain::akt::Aktion;
use aqb_domain::befund::{Befund, Befundablage, Einheit, Schwere};
use aqb_domain::beleg::Gutschriftstand;
use aqb_domain::beleg::{
    Abdruck, Beleg, Belegfakten, Belegumfeld, Duplikat, Duplikatmerkmal, Splitstand, Zellbefund, beschreibbar,
    zellbefund,
};
use aqb_domain::belegimport::{
    Belegdialekt, Belegformat, Belegimport, BelegimportStatus, Belegimportzahlen, Belegimportzeile, Belegzeilenurteil,
    UEBERNAHME,
};
use aqb_domain::berechtigung::{Akteur, Sicht};
use aqb_domain::geld::Euro;
use aqb_domain::regel::{
    IMPORT_ANDERER_ZEITRAUM, IMPORT_DOPPELT_IN_DATEI, IMPORT_OHNE_ZEILEN, IMPORT_PFLICHT_LEER, IMPORT_WEITERER_TEIL,
    IMPORT_ZAHLUNGSDATUM_ERGAENZEN, LEISTUNG_AUSSERHALB_ZEITRAUM, MOEGLICHES_DUPLIKAT, RECHENBEREICH,
    ZAHLUNG_AUSSERHALB_ZEITRAUM,
};
use aqb_persistence::belegimport as db;
use aqb_persistence::vollzug::{Versioniert, vollziehe};
use aqb_persistence::{DbConn, Tx, beleg};
use chrono::{Duration, NaiveDate};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use uuid::Uuid;

/// Lines that are judged or taken over in one transaction.
pub const STAPEL: usize = 500;
/// Seconds without progress after which an import counts as given up.
const AUFGEGEBEN: i64 = 60;

/// One the caller sees.
///
/// # Errors
/// 404.
pub fn lesen(c: &mut DbConn, sicht: &Sicht, id: Uuid) -> Ergebnis<Versioniert<Belegimport>> {
    vorhanden(db::gesehen(c, sicht, id)?)
}

/// What is known of an upload before its lines are read.
#[derive(Debug, Clone)]
pub struct Hochladung {
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Options that change what the bytes mean, as text.
    pub optionen: String,
    /// Name of the file.
    pub dateiname: Option<String>,
    /// Size in bytes.
    pub groesse: i64,
    /// Judge the same file anew.
    pub neu_pruefen: bool,
}

/// What the readers of files must know about a list.
///
/// # Errors
/// 404, findings.
pub fn optionen(
    c: &mut DbConn,
    sicht: &Sicht,
    nachweis_id: Uuid,
    heute: NaiveDate,
) -> Ergebnis<(Belegfakten, Optionen)> {
    let f = fakten(c, sicht, nachweis_id, heute)?;
    let teilbudgets = f.massnahmen.iter().map(|(nr, m)| (nr.clone(), m.teilbudget.clone())).collect();
    let o =
        Optionen { teilbudgets, aktenzeichen: f.kette.aktenzeichen.clone(), jahre: f.jahre(), ..Optionen::default() };
    Ok((f, o))
}

/// The record of an upload that was not stored.
pub fn entwurf(id: Uuid, nachweis_id: Uuid, f: &Belegfakten, h: &Hochladung, akteur: &Akteur) -> Belegimport {
    let wer = akteur.traeger_id.map_or_else(|| f.kette.kreisschluessel.clone(), |t| t.to_string());
    Belegimport {
        id,
        kette_id: f.kette.kette_id,
        nachweis_id,
        kreisschluessel: f.kette.kreisschluessel.clone(),
        traeger_id: akteur.traeger_id,
        status: BelegimportStatus::Laeuft,
        sha256: h.sha256.clone(),
        schluessel: format!("{}/{wer}/{}/{}", f.kette.kette_id, h.sha256, h.optionen),
        dateiname: h.dateiname.clone(),
        groesse: h.groesse,
        dialekt: None,
        zahlen: Belegimportzahlen::default(),
        gelesen: 0,
        befunde: Vec::new(),
        uebernommen: 0,
        uebernahme_bis: None,
        hochgeladen_von: akteur.person.clone(),
    }
}

/// Begins an import, or finds the one of the same file. The second value says whether lines are to be read.
///
/// # Errors
/// 404, 409 unless the list is open.
pub fn beginnen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    id: Uuid,
    nachweis_id: Uuid,
    h: &Hochladung,
) -> Ergebnis<(Versioniert<Belegimport>, bool)> {
    let kette_id = kette(tx.c, sicht, nachweis_id)?.kette_id;
    beleg::sperre_liste(tx, kette_id)?;
    let f = fakten(tx.c, sicht, nachweis_id, tx.heute())?;
    beschreibbar(&f.kette, &tx.akteur)?;
    let neu = entwurf(id, nachweis_id, &f, h, &tx.akteur);
    let Some(alt) = db::mit_schluessel(tx.c, &neu.schluessel)? else {
        let e = neu.beginnen(&f.kette, &tx.akteur)?;
        return Ok((vollziehe(tx, "anlage", None, e)?, true));
    };
    let laeuft = alt.wert.status == BelegimportStatus::Laeuft;
    let haengt = laeuft && tx.jetzt - alt.geaendert_am > Duration::seconds(AUFGEGEBEN);
    if !haengt && (laeuft || !h.neu_pruefen) {
        return Ok((alt, false));
    }
    db::zeilen_verwerfen(tx, alt.wert.id)?;
    let e = Belegimport { id: alt.wert.id, ..neu }.beginnen(&f.kette, &tx.akteur)?;
    Ok((vollziehe(tx, "aenderung", Some(&alt), e)?, true))
}

/// Judges lines: remembers what stood in the file before, in as few bytes per line as can be.
#[derive(Clone)]
pub struct Pruefer {
    f: Belegfakten,
    akteur: Akteur,
    sicht: Sicht,
    format: Belegformat,
    hasher: RandomState,
    /// Hash of a line's key → line of the file.
    gesehen: HashMap<u64, i64>,
    /// Hash of what two Belege may have in common → where it stood first.
    abdruecke: HashMap<u64, Fundstelle>,
    /// Lines that can be read, and those of them outside the period of the proof.
    lesbar: (i64, i64),
    /// Hashes of numbers of Belege that a credit note may reverse.
    stornierbar: HashSet<u64>,
    /// Of Belege by what credit notes name: what new lines before paid of them and take back of them.
    gutschriften: HashMap<u64, Gutschriftstand>,
    /// Sum of the list as it would be after the lines so far; not read yet at the beginning.
    summe: Option<Euro>,
    /// Members of groups by key of the line; those of the file stand in for those of the register.
    gruppen: BTreeMap<String, BTreeMap<String, (Euro, Euro)>>,
    /// Counts so far.
    pub zahlen: Belegimportzahlen,
}

/// Where a feature of a Beleg stood first in the file: line, number, and hash of the group.
#[derive(Clone)]
struct Fundstelle {
    zeile: i64,
    belegnummer: Box<str>,
    gruppe: Option<u64>,
}

/// A line that can be compared.
struct Kandidat {
    beleg: Beleg,
    nummer: String,
    zeile: String,
    /// Addresses of its cells by field.
    adressen: BTreeMap<&'static str, String>,
}

impl Pruefer {
    /// Judges the lines of one file.
    pub fn neu(f: Belegfakten, akteur: Akteur, sicht: Sicht) -> Self {
        Pruefer {
            f,
            akteur,
            sicht,
            abdruecke: HashMap::new(),
            lesbar: (0, 0),
            format: Belegformat::Csv,
            hasher: RandomState::new(),
            gesehen: HashMap::new(),
            stornierbar: HashSet::new(),
            gutschriften: HashMap::new(),
            summe: None,
            gruppen: BTreeMap::new(),
            zahlen: Belegimportzahlen::default(),
        }
    }

    /// Judges the next lines.
    ///
    /// # Errors
    /// The database.
    pub fn urteile(
        &mut self,
        c: &mut DbConn,
        zeilen: &[GeleseneZeile],
        format: Belegformat,
    ) -> Ergebnis<Vec<Belegimportzeile>> {
        self.format = format;
        let mut aus: Vec<(Belegimportzeile, Option<Kandidat>)> = zeilen.iter().map(|z| self.einzeln(z)).collect();
        let kandidaten = || aus.iter().filter_map(|(_, k)| k.as_ref());
        let nummern: Vec<String> = kandidaten().map(|k| k.nummer.clone()).collect();
        let schluessel: Vec<String> = kandidaten().map(|k| k.zeile.clone()).collect();
        let gruppen: Vec<String> = kandidaten().filter_map(|k| k.beleg.splitschluessel()).collect();
        let vorhandene = beleg::mit_zeilenschluesseln(c, &schluessel)?;
        let mut gleiche: BTreeMap<String, Vec<beleg::Nummernzeile>> = BTreeMap::new();
        for n in beleg::mit_nummern(c, &nummern)? {
            gleiche.entry(n.0.clone()).or_default().push(n);
        }
        self.lade_gruppen(c, &gruppen)?;
        let abdruecke: Vec<Abdruck> = kandidaten()
            .map(|k| {
                let id = vorhandene.get(&k.zeile).map_or(Uuid::nil(), |a| a.wert.id);
                Abdruck { id, ..k.beleg.abdruck() }
            })
            .collect();
        let mut im_register = beleg::gleiche(c, &self.sicht, &abdruecke)?.into_iter().zip(abdruecke);
        for (z, k) in &mut aus {
            if let Some(k) = k {
                let alt = vorhandene.get(&k.zeile);
                let mit_nummer = gleiche.get(&k.nummer).map(Vec::as_slice).unwrap_or_default();
                let moegliche = im_register.next();
                self.vergleiche(c, z, k, alt, mit_nummer)?;
                if let Some((register, abdruck)) = moegliche.filter(|_| z.urteil != Belegzeilenurteil::Fehlerhaft) {
                    self.duplikate(z, k, &register, &abdruck);
                }
            }
            let hinweis = z.befunde.iter().any(|b| b.befund.schwere != Schwere::Fehler);
            self.zahlen.zaehle(z.urteil, hinweis);
        }
        Ok(aus.into_iter().map(|(z, _)| z).collect())
    }

    fn lade_gruppen(&mut self, c: &mut DbConn, gruppen: &[String]) -> Ergebnis<()> {
        let unbekannt: Vec<String> = gruppen.iter().filter(|g| !self.gruppen.contains_key(*g)).cloned().collect();
        for g in &unbekannt {
            self.gruppen.insert(g.clone(), BTreeMap::new());
        }
        for (gruppe, zeile, zahlbar, gezahlt) in beleg::der_gruppen(c, &unbekannt)? {
            self.gruppen.entry(gruppe).or_default().insert(zeile, (zahlbar, gezahlt));
        }
        Ok(())
    }

    /// What the line says by itself.
    fn einzeln(&mut self, z: &GeleseneZeile) -> (Belegimportzeile, Option<Kandidat>) {
        let mut zeile = Belegimportzeile {
            nr: z.nr,
            urteil: Belegzeilenurteil::Fehlerhaft,
            zellen: z.zellen.clone(),
            inhalt: None,
            befunde: z.nebenbei.clone(),
        };
        let Some(l) = &z.lesung else {
            zeile.urteil = Belegzeilenurteil::Leer;
            return (zeile, None);
        };
        let schon = |feld: &Option<String>| feld.is_some() && z.nebenbei.iter().any(|n| n.feld == *feld);
        zeile.befunde.extend(l.befunde.iter().filter(|b| !schon(&b.feld)).cloned().map(|b| self.ohne_zahlung(b, z.nr)));
        let Some(inhalt) = l.inhalt.clone().filter(|_| !gesperrt(&zeile.befunde)) else { return (zeile, None) };
        match Beleg::entwerfen(Uuid::nil(), 1, inhalt.clone(), &self.f, &self.akteur) {
            Ok((beleg, befunde)) => {
                zeile.befunde.extend(befunde.iter().map(|b| an_zelle(b, &z.adressen, z.nr)));
                zeile.inhalt = Some(inhalt);
                zeile.urteil = Belegzeilenurteil::Neu;
                let (nummer, schluessel) = (beleg.nummernschluessel(), beleg.zeilenschluessel());
                let ausserhalb = |b: &Befund| {
                    [LEISTUNG_AUSSERHALB_ZEITRAUM.code, ZAHLUNG_AUSSERHALB_ZEITRAUM.code].contains(&b.regel.code)
                };
                self.lesbar.0 = self.lesbar.0.saturating_add(1);
                self.lesbar.1 = self.lesbar.1.saturating_add(i64::from(befunde.iter().any(ausserhalb)));
                (zeile, Some(Kandidat { beleg, nummer, zeile: schluessel, adressen: z.adressen.clone() }))
            }
            Err(befunde) => {
                zeile.befunde.extend(befunde.iter().map(|b| an_zelle(b, &z.adressen, z.nr)));
                (zeile, None)
            }
        }
    }

    /// A booking batch cannot have a day of payment, so the finding says what to do instead.
    fn ohne_zahlung(&self, b: Zellbefund, nr: i64) -> Zellbefund {
        let leer = b.befund.code.0 == IMPORT_PFLICHT_LEER.code && b.feld.as_deref() == Some("zahlungsdatum");
        if !leer || self.format != Belegformat::Datev {
            return b;
        }
        let befund = Befund::neu(&IMPORT_ZAHLUNGSDATUM_ERGAENZEN).gemessen("zeile", nr, Einheit::Anzahl);
        Zellbefund { befund: Befundablage::from(&befund), ..b }
    }

    /// What the line says beside the register and the lines before it.
    fn vergleiche(
        &mut self,
        c: &mut DbConn,
        z: &mut Belegimportzeile,
        k: &Kandidat,
        alt: Option<&Versioniert<Beleg>>,
        mit_nummer: &[beleg::Nummernzeile],
    ) -> Ergebnis<()> {
        let inhalt = &k.beleg.inhalt;
        if let Some(erste) = self.gesehen.get(&self.hasher.hash_one(&k.zeile)) {
            let mut b = zellbefund(
                &IMPORT_DOPPELT_IN_DATEI,
                &k.adresse("belegnummer", z.nr),
                Some("belegnummer"),
                &inhalt.belegnummer,
                "",
            );
            b.befund.gemessen.push(aqb_domain::befund::Messwert {
                name: "zeile".to_owned(),
                wert: erste.to_string(),
                einheit: Einheit::Anzahl,
            });
            z.befunde.push(b);
            z.urteil = Belegzeilenurteil::Fehlerhaft;
            return Ok(());
        }
        self.gesehen.insert(self.hasher.hash_one(&k.zeile), z.nr);
        let gruppe = k.beleg.splitschluessel();
        let fremde = mit_nummer.iter().find(|(_, zeile, g, ..)| {
            let dieselbe = *zeile == k.zeile && alt.is_some_and(|a| a.wert.kette_id == self.f.kette.kette_id);
            !dieselbe && (gruppe.is_none() || *g != gruppe || *zeile == k.zeile)
        });
        let bisher = match self.summe {
            Some(s) => s,
            None => beleg::listensumme(c, self.f.kette.kette_id, Uuid::nil())?,
        };
        self.summe = Some(bisher);
        let eigener = alt.filter(|a| a.wert.kette_id == self.f.kette.kette_id);
        let andere = eigener.map_or(Ok(bisher), |a| ohne(bisher, a))?;
        let gutschrift = self.gutschrift(c, k, alt.map(|a| a.wert.id))?;
        let umfeld = Belegumfeld {
            gutschrift,
            liste: andere,
            gleiche_nummer: fremde.map(|(.., id, nr)| (*id, *nr)),
            gruppe: self.stand(gruppe.as_deref(), &k.zeile)?,
            storno_bekannt: match &inhalt.storno_von {
                None => true,
                Some(n) => self.stornierbar.contains(&self.storno(&k.beleg, n)) || beleg::storno(c, &k.beleg, n)?,
            },
        };
        let befunde = inhalt.pruefe_umfeld(&umfeld);
        if befunde.iter().any(Befund::blockiert) {
            z.befunde.extend(befunde.iter().map(|b| an_zelle(b, &k.adressen, z.nr)));
            z.urteil = Belegzeilenurteil::Fehlerhaft;
            return Ok(());
        }
        let weiterer = mit_nummer.iter().find(|(_, zeile, ..)| alt.is_none() && k.beleg.ist_weiterer_teil(zeile));
        if let Some((.., lfd_nr)) = weiterer {
            let adresse = k.adresse("belegnummer", z.nr);
            let mut b = zellbefund(&IMPORT_WEITERER_TEIL, &adresse, Some("belegnummer"), &inhalt.belegnummer, "");
            b.befund.gemessen.push(aqb_domain::befund::Messwert {
                name: "lfd_nr".to_owned(),
                wert: lfd_nr.to_string(),
                einheit: Einheit::Anzahl,
            });
            z.befunde.push(b);
        }
        let summe = andere.plus(inhalt.gezahlter_betrag.betrag()).map_err(|_| Befund::neu(&RECHENBEREICH))?;
        self.summe = Some(summe);
        if let Some(g) = gruppe {
            let zahlbar = inhalt.zahlbar().map_err(|_| Befund::neu(&RECHENBEREICH))?;
            self.gruppen.entry(g).or_default().insert(k.zeile.clone(), (zahlbar, inhalt.gezahlter_betrag));
        }
        let gutschrift = inhalt.art == aqb_domain::beleg::Belegart::Gutschrift;
        if !gutschrift {
            let s = self.storno(&k.beleg, &inhalt.belegnummer);
            self.stornierbar.insert(s);
        }
        // what the register holds is counted there
        if alt.is_none() && (!gutschrift || inhalt.gezahlter_betrag.ist_negativ()) {
            let nummer =
                if gutschrift { inhalt.storno_von.as_deref().unwrap_or_default() } else { &inhalt.belegnummer };
            let s = self.storno(&k.beleg, nummer);
            let stand = self.gutschriften.entry(s).or_default();
            let summe = if gutschrift { &mut stand.andere } else { &mut stand.gezahlt };
            *summe = summe.plus(inhalt.gezahlter_betrag).map_err(|_| Befund::neu(&RECHENBEREICH))?;
        }
        z.urteil = match alt {
            None => Belegzeilenurteil::Neu,
            Some(a) if a.wert.inhalt == *inhalt => Belegzeilenurteil::Unveraendert,
            Some(_) => Belegzeilenurteil::Geaendert,
        };
        Ok(())
    }

    /// Possible duplicates in the register and among the lines before; the strongest feature of the file is named.
    fn duplikate(&mut self, z: &mut Belegimportzeile, k: &Kandidat, register: &[Duplikat], a: &Abdruck) {
        let adresse = k.adresse("belegnummer", z.nr);
        z.befunde.extend(register.iter().map(|d| als_zellbefund(&d.befund().ort("/belegnummer"), &adresse)));
        let merkmale = [
            a.scan.as_ref().map(|s| (Duplikatmerkmal::Scan, s)),
            Some((Duplikatmerkmal::Nummer, &a.nummer)),
            Some((Duplikatmerkmal::Rechnung, &a.rechnung)),
        ];
        let gruppe = a.gruppe.as_ref().map(|g| self.hasher.hash_one(g));
        let mut frueher = None;
        for (merkmal, wert) in merkmale.into_iter().flatten() {
            let schluessel = self.hasher.hash_one((merkmal.code(), wert));
            let Some(f) = self.abdruecke.get(&schluessel) else {
                let belegnummer = k.beleg.inhalt.belegnummer.as_str().into();
                self.abdruecke.insert(schluessel, Fundstelle { zeile: z.nr, belegnummer, gruppe });
                continue;
            };
            if frueher.is_none() && (gruppe.is_none() || f.gruppe != gruppe) {
                frueher = Some((merkmal, format!("{} (Zeile {})", f.belegnummer, f.zeile)));
            }
        }
        if let Some((merkmal, belegnummer)) = frueher {
            let b = Befund::neu(&MOEGLICHES_DUPLIKAT)
                .ort("/belegnummer")
                .gemessen("belegnummer", belegnummer, Einheit::Code)
                .gemessen("merkmal", merkmal, Einheit::Code);
            z.befunde.push(als_zellbefund(&b, &adresse));
        }
    }

    /// What is to be said about the file as a whole, when all of its lines are judged.
    pub fn zur_datei(&self, d: &Belegdialekt) -> Vec<Befund> {
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

    fn storno(&self, b: &Beleg, nummer: &str) -> u64 {
        self.hasher.hash_one((b.massnahme_id, aqb_domain::beleg::nummer(nummer)))
    }

    /// What a credit note takes back of its Beleg together with those in the register and in the lines before.
    fn gutschrift(&self, c: &mut DbConn, k: &Kandidat, alt: Option<Uuid>) -> Ergebnis<Option<Gutschriftstand>> {
        let inhalt = &k.beleg.inhalt;
        let Some(n) = inhalt.storno_von.as_deref().filter(|_| inhalt.gezahlter_betrag.ist_negativ()) else {
            return Ok(None);
        };
        let register = beleg::gutschriftstand(c, &k.beleg, n, alt.unwrap_or(k.beleg.id))?;
        let datei = self.gutschriften.get(&self.storno(&k.beleg, n)).copied().unwrap_or_default();
        let bereich = |_| Befund::neu(&RECHENBEREICH);
        Ok(Some(Gutschriftstand {
            gezahlt: register.gezahlt.plus(datei.gezahlt).map_err(bereich)?,
            andere: register.andere.plus(datei.andere).map_err(bereich)?,
        }))
    }

    fn stand(&self, gruppe: Option<&str>, ohne: &str) -> Ergebnis<Splitstand> {
        let Some(mitglieder) = gruppe.and_then(|g| self.gruppen.get(g)) else { return Ok(Splitstand::default()) };
        let andere = || mitglieder.iter().filter(|(z, _)| *z != ohne).map(|(_, b)| *b);
        let belegt = Euro::summe(andere().map(|(_, b)| b)).map_err(|_| Befund::neu(&RECHENBEREICH))?;
        Ok(Splitstand { rechnung: andere().map(|(r, _)| r).min(), belegt })
    }
}

fn gesperrt(befunde: &[Zellbefund]) -> bool {
    befunde.iter().any(|b| b.befund.schwere == Schwere::Fehler)
}

fn als_zellbefund(b: &Befund, adresse: &str) -> Zellbefund {
    let feld = b.ort.as_deref().map(|o| o.trim_start_matches('/').to_owned());
    Zellbefund { adresse: adresse.to_owned(), feld, befund: Befundablage::from(b) }
}

/// A finding about a field, at the cell in which the field stands.
fn an_zelle(b: &Befund, adressen: &BTreeMap<&'static str, String>, nr: i64) -> Zellbefund {
    let feld = b.ort.as_deref().map(|o| o.trim_start_matches('/')).unwrap_or_default();
    als_zellbefund(b, &adressen.get(feld).cloned().unwrap_or_else(|| format!("Zeile {nr}")))
}

impl Kandidat {
    /// Address of the cell of a field, or its line.
    fn adresse(&self, feld: &str, nr: i64) -> String {
        self.adressen.get(feld).cloned().unwrap_or_else(|| format!("Zeile {nr}"))
    }
}

/// Where the reading of a file stands.
#[derive(Debug, Clone)]
pub struct Lesestand {
    /// How it is read.
    pub dialekt: Belegdialekt,
    /// Bytes read.
    pub gelesen: i64,
    /// Nothing more comes.
    pub fertig: bool,
}

/// Judges and stages the next lines of an import.
///
/// # Errors
/// The database.
pub fn ablegen(
    tx: &mut Tx<'_>,
    id: Uuid,
    mut p: Pruefer,
    zeilen: &[GeleseneZeile],
    stand: &Lesestand,
) -> Ergebnis<Pruefer> {
    let alt = lesen(tx.c, &Sicht::Alles, id)?;
    let urteile = p.urteile(tx.c, zeilen, stand.dialekt.format)?;
    db::zeilen_ablegen(tx, id, &urteile)?;
    let zur_datei = stand.fertig.then(|| p.zur_datei(&stand.dialekt));
    let e = alt.wert.fortschreiten(&stand.dialekt, p.zahlen, stand.gelesen, zur_datei.as_deref());
    vollziehe(tx, "fortschritt", Some(&alt), e)?;
    Ok(p)
}

/// Refuses the file of an import as a whole.
///
/// # Errors
/// The database.
pub fn abweisen(tx: &mut Tx<'_>, id: Uuid, befund: &Befund, dialekt: &Belegdialekt) -> Ergebnis<()> {
    let alt = lesen(tx.c, &Sicht::Alles, id)?;
    db::zeilen_verwerfen(tx, id)?;
    let e = alt.wert.abweisen(std::slice::from_ref(befund), Some(dialekt.clone()));
    vollziehe(tx, "zurueckweisung", Some(&alt), e)?;
    Ok(())
}

/// Takes the next good lines over, those after `nach`, and says after which to go on; none when all are done. Each line is
/// judged again on what the register holds now: one that does not fit any more becomes faulty. Repeating it makes
/// nothing double.
///
/// # Errors
/// 404, 412, 409 unless list and import are ready.
pub fn uebernehmen(
    tx: &mut Tx<'_>,
    sicht: &Sicht,
    (id, version): (Uuid, Option<i64>),
    nur_vollstaendig: bool,
    nach: Option<i64>,
) -> Ergebnis<(Versioniert<Belegimport>, Option<i64>)> {
    let vorab = lesen(tx.c, sicht, id)?;
    beleg::sperre_liste(tx, vorab.wert.kette_id)?;
    let alt = lesen(tx.c, sicht, id)?;
    crate::app::pruefe_version(&alt, version)?;
    let f = fakten(tx.c, sicht, alt.wert.nachweis_id, tx.heute())?;
    alt.wert.pruefe_uebernahme(&f.kette, nur_vollstaendig, &tx.akteur)?;
    let anzahl = i64::try_from(STAPEL).unwrap_or(1);
    let gute = [Belegzeilenurteil::Neu, Belegzeilenurteil::Geaendert, Belegzeilenurteil::Unveraendert];
    let wahl = db::Zeilenwahl { urteile: &gute, mit_hinweisen: false };
    let zeilen = db::zeilen(tx.c, id, wahl, nach, anzahl)?;
    let mut naechste = beleg::naechste_lfd_nr(tx.c, f.kette.kette_id)?;
    let (mut mehr, mut zahlen) = (0i64, alt.wert.zahlen);
    // the list is locked, so its sum is carried on from line to line
    let mut summe = beleg::listensumme(tx.c, f.kette.kette_id, Uuid::nil())?;
    for z in &zeilen {
        match zeile_uebernehmen(tx, &f, z, &mut naechste, &mut summe) {
            Ok(geschrieben) => mehr = mehr.saturating_add(i64::from(geschrieben)),
            // found before anything was written, so the others go on
            Err(Fehler::Befunde(befunde)) => {
                zahlen.verwirf(z.urteil);
                let mut neu = Belegimportzeile { urteil: Belegzeilenurteil::Fehlerhaft, ..z.clone() };
                neu.befunde.extend(befunde.iter().map(|b| als_zellbefund(b, &format!("Zeile {}", z.nr))));
                db::zeile_ersetzen(tx, id, &neu)?;
            }
            Err(e) => return Err(e),
        }
    }
    let weiter = zeilen.last().filter(|_| zeilen.len() >= STAPEL).map(|z| z.nr);
    let e = alt.wert.uebernehmen(mehr, zahlen, weiter);
    Ok((vollziehe(tx, UEBERNAHME, Some(&alt), e)?, weiter))
}

/// Takes a line over: a new Beleg, other values of one, or nothing where it is so already.
fn zeile_uebernehmen(
    tx: &mut Tx<'_>,
    f: &Belegfakten,
    z: &Belegimportzeile,
    naechste: &mut i32,
    summe: &mut Euro,
) -> Ergebnis<bool> {
    let Some(inhalt) = z.inhalt.clone() else { return Ok(false) };
    let (probe, _) = Beleg::entwerfen(Uuid::nil(), 1, inhalt.clone(), f, &tx.akteur)?;
    let schluessel = probe.zeilenschluessel();
    let alter = beleg::mit_zeilenschluesseln(tx.c, std::slice::from_ref(&schluessel))?.remove(&schluessel);
    let gezahlt = inhalt.gezahlter_betrag.betrag();
    let andere = match alter.filter(|a| a.wert.kette_id == f.kette.kette_id) {
        Some(a) if a.wert.inhalt == inhalt => return Ok(false),
        Some(a) => {
            let andere = ohne(*summe, &a)?;
            umschreiben(tx, f, &a, inhalt, andere)?;
            andere
        }
        None => {
            let id = tx.neue_id();
            eintragen(tx, f, (id, *naechste), inhalt, *summe)?;
            *naechste = naechste.saturating_add(1);
            *summe
        }
    };
    *summe = andere.plus(gezahlt).map_err(|_| Befund::neu(&RECHENBEREICH))?;
    Ok(true)
}

/// The sum of a list without one of its Belege.
fn ohne(summe: Euro, b: &Versioniert<Beleg>) -> Ergebnis<Euro> {
    let gezahlt = b.wert.inhalt.gezahlter_betrag.betrag();
    Ok(summe.minus(gezahlt).map_err(|_| Befund::neu(&RECHENBEREICH))?.max(Euro::NULL))
}

/// Its acts, each with what it would find now.
///
/// # Errors
/// 404.
pub fn aktionen(c: &mut DbConn, sicht: &Sicht, akteur: &Akteur, id: Uuid) -> Ergebnis<Vec<Aktion>> {
    let i = lesen(c, sicht, id)?.wert;
    let kette = kette(c, sicht, i.nachweis_id)?;
    Ok(i.aktionen(&kette, akteur))
}
