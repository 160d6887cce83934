//! What lines are compared with: the register, read once for many lines, and the lines before them.

use crate::fehler::Ergebnis;
use aqb_domain::befund::Befund;
use aqb_domain::beleg::{self as domain, Beleg, Belegart, Belegumfeld, Gutschriftstand, Splitstand};
use aqb_domain::geld::{Euro, GeldFehler};
use aqb_domain::regel::RECHENBEREICH;
use aqb_persistence::vollzug::Versioniert;
use aqb_persistence::{DbConn, beleg};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};
use uuid::Uuid;

/// A line that can be compared, with its keys.
pub(super) struct Kandidat {
    pub beleg: Beleg,
    pub nummer: String,
    pub zeile: String,
    pub gruppe: Option<String>,
}

impl Kandidat {
    pub fn neu(beleg: Beleg) -> Self {
        Kandidat {
            nummer: beleg.nummernschluessel(),
            zeile: beleg.zeilenschluessel(),
            gruppe: beleg.splitschluessel(),
            beleg,
        }
    }
}

/// What the register holds of some lines.
pub(super) struct Register {
    kette_id: Uuid,
    /// Belege by the key an import knows them by.
    belege: BTreeMap<String, Versioniert<Beleg>>,
    /// Belege by number.
    nummern: BTreeMap<String, Vec<beleg::Nummernzeile>>,
    /// Keys of credit notes that reverse something in it.
    stornos: BTreeSet<String>,
    /// By key of a credit note: what it reverses and others like it.
    gutschriften: BTreeMap<String, Gutschriftstand>,
}

impl Register {
    /// The Beleg with the key of a line, in whatever list.
    pub fn gleicher(&self, k: &Kandidat) -> Option<&Versioniert<Beleg>> {
        self.belege.get(&k.zeile)
    }

    /// As [`Register::gleicher`], in the list of the line.
    pub fn eigener(&self, k: &Kandidat) -> Option<&Versioniert<Beleg>> {
        self.gleicher(k).filter(|a| a.wert.kette_id == self.kette_id)
    }

    /// Belege with the number of a line.
    pub fn mit_nummer(&self, k: &Kandidat) -> &[beleg::Nummernzeile] {
        self.nummern.get(&k.nummer).map(Vec::as_slice).unwrap_or_default()
    }

    /// A Beleg that is new in the list.
    pub fn dazu(&mut self, b: &Beleg) {
        let (nummer, zeile) = (b.nummernschluessel(), b.zeilenschluessel());
        let eintrag = (nummer.clone(), zeile, b.splitschluessel(), b.id, b.lfd_nr);
        self.nummern.entry(nummer).or_default().push(eintrag);
    }

    /// Another Beleg that has the number of the line. Members of a group may share one, but not all that an import knows
    /// a line by.
    fn fremder(&self, k: &Kandidat) -> Option<(Uuid, i32)> {
        let eigener = self.eigener(k).is_some();
        let fremd = |(_, zeile, gruppe, ..): &&beleg::Nummernzeile| {
            let gleich = *zeile == k.zeile;
            !(gleich && eigener) && (k.gruppe.is_none() || *gruppe != k.gruppe || gleich)
        };
        self.mit_nummer(k).iter().find(fremd).map(|(.., id, nr)| (*id, *nr))
    }
}

/// Members of a group: what their invoice allows with the number of those that say so, and what they paid.
#[derive(Default)]
struct Gruppe {
    rechnungen: Vec<(Euro, u32)>,
    belegt: Euro,
}

impl Gruppe {
    fn nimm(&mut self, rechnung: Euro, gezahlt: Euro) -> Result<(), GeldFehler> {
        self.belegt = self.belegt.plus(gezahlt)?;
        match self.rechnungen.iter_mut().find(|(r, _)| *r == rechnung) {
            Some((_, n)) => *n = n.saturating_add(1),
            None => self.rechnungen.push((rechnung, 1)),
        }
        Ok(())
    }

    fn ohne(&mut self, rechnung: Euro, gezahlt: Euro) -> Result<(), GeldFehler> {
        self.belegt = self.belegt.minus(gezahlt)?;
        if let Some((_, n)) = self.rechnungen.iter_mut().find(|(r, _)| *r == rechnung) {
            *n = n.saturating_sub(1);
        }
        self.rechnungen.retain(|(_, n)| *n > 0);
        Ok(())
    }

    fn stand(&self) -> Splitstand {
        Splitstand { rechnung: self.rechnungen.iter().map(|(r, _)| *r).min(), belegt: self.belegt }
    }
}

fn bereich(_: GeldFehler) -> Befund {
    Befund::neu(&RECHENBEREICH)
}

/// What a line counts with in its group.
fn anteil(b: &Beleg) -> Result<(Euro, Euro), Befund> {
    Ok((b.inhalt.zahlbar().map_err(bereich)?, b.inhalt.gezahlter_betrag))
}

/// What is carried on from line to line. Texts are kept as hashes: a long file has many.
pub(super) struct Stand {
    hasher: RandomState,
    /// Sum of the list with the lines so far; not read yet at the beginning.
    summe: Option<Euro>,
    /// Groups of the lines so far.
    gruppen: HashMap<u64, Gruppe>,
    /// Numbers that a credit note may reverse.
    stornierbar: HashSet<u64>,
    /// Of Belege by what credit notes name: what new lines paid of them and take back of them.
    gutschriften: HashMap<u64, Gutschriftstand>,
}

impl Stand {
    pub fn neu() -> Self {
        Stand {
            hasher: RandomState::new(),
            summe: None,
            gruppen: HashMap::new(),
            stornierbar: HashSet::new(),
            gutschriften: HashMap::new(),
        }
    }

    pub fn hash(&self, wert: impl Hash) -> u64 {
        self.hasher.hash_one(wert)
    }

    /// Reads what the register holds of these lines. What fails leaves nothing behind.
    ///
    /// # Errors
    /// The database.
    pub fn lies<'k>(
        &mut self,
        c: &mut DbConn,
        kette_id: Uuid,
        kandidaten: impl Iterator<Item = &'k Kandidat> + Clone,
    ) -> Ergebnis<Register> {
        let zeilen: Vec<String> = kandidaten.clone().map(|k| k.zeile.clone()).collect();
        let nummern: BTreeSet<String> = kandidaten.clone().map(|k| k.nummer.clone()).collect();
        let neue: BTreeSet<&String> = kandidaten
            .clone()
            .filter_map(|k| k.gruppe.as_ref())
            .filter(|g| !self.gruppen.contains_key(&self.hash(g)))
            .collect();
        let neue: Vec<String> = neue.into_iter().cloned().collect();
        let belege = beleg::mit_zeilenschluesseln(c, &zeilen)?;
        let mut nach_nummer: BTreeMap<String, Vec<beleg::Nummernzeile>> = BTreeMap::new();
        for n in beleg::mit_nummern(c, &nummern.into_iter().collect::<Vec<_>>())? {
            nach_nummer.entry(n.0.clone()).or_default().push(n);
        }
        let (mut stornos, mut gutschriften) = (BTreeSet::new(), BTreeMap::new());
        for k in kandidaten.filter(|k| k.beleg.inhalt.storno_von.is_some()) {
            let eigener = belege.get(&k.zeile).map_or(k.beleg.id, |a| a.wert.id);
            let b = Beleg { id: eigener, ..k.beleg.clone() };
            if beleg::storno(c, &b)? {
                stornos.insert(k.zeile.clone());
            }
            if b.inhalt.gezahlter_betrag.ist_negativ() {
                gutschriften.insert(k.zeile.clone(), beleg::gutschriftstand(c, &b)?);
            }
        }
        let summe = match self.summe {
            Some(s) => s,
            None => beleg::listensumme(c, kette_id, None)?,
        };
        let mut gruppen: HashMap<u64, Gruppe> = neue.iter().map(|g| (self.hash(g), Gruppe::default())).collect();
        for (gruppe, rechnung, gezahlt) in beleg::der_gruppen(c, &neue)? {
            gruppen.entry(self.hash(&gruppe)).or_default().nimm(rechnung, gezahlt).map_err(bereich)?;
        }
        self.summe = Some(summe);
        self.gruppen.extend(gruppen);
        Ok(Register { kette_id, belege, nummern: nach_nummer, stornos, gutschriften })
    }

    /// What a line is compared with; the Beleg it stands for does not count.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn umfeld(&mut self, k: &Kandidat, r: &Register) -> Ergebnis<Belegumfeld> {
        let gruppe = match &k.gruppe {
            None => Splitstand::default(),
            Some(g) => {
                let g = self.gruppen.entry(self.hasher.hash_one(g)).or_default();
                match r.gleicher(k) {
                    None => g.stand(),
                    Some(a) => {
                        let (rechnung, gezahlt) = anteil(&a.wert)?;
                        g.ohne(rechnung, gezahlt).map_err(bereich)?;
                        let stand = g.stand();
                        g.nimm(rechnung, gezahlt).map_err(bereich)?;
                        stand
                    }
                }
            }
        };
        let reversiert = || k.beleg.storniert().into_iter().any(|n| self.stornierbar.contains(&self.storno(k, &n)));
        Ok(Belegumfeld {
            gutschrift: self.gutschrift(k, r)?,
            liste: self.ohne(r.eigener(k))?,
            gleiche_nummer: r.fremder(k),
            gruppe,
            storno_bekannt: k.beleg.inhalt.storno_von.is_none() || r.stornos.contains(&k.zeile) || reversiert(),
        })
    }

    /// Counts a good line in the place of the Beleg it stands for.
    ///
    /// # Errors
    /// `RECHENBEREICH`.
    pub fn nimm(&mut self, k: &Kandidat, r: &Register) -> Ergebnis<()> {
        let gezahlt = k.beleg.inhalt.gezahlter_betrag;
        self.summe = Some(self.ohne(r.eigener(k))?.plus(gezahlt.betrag()).map_err(bereich)?);
        if let Some(g) = &k.gruppe {
            let g = self.gruppen.entry(self.hasher.hash_one(g)).or_default();
            if let Some(a) = r.gleicher(k) {
                let (rechnung, gezahlt) = anteil(&a.wert)?;
                g.ohne(rechnung, gezahlt).map_err(bereich)?;
            }
            g.nimm(anteil(&k.beleg)?.0, gezahlt).map_err(bereich)?;
        }
        if k.beleg.inhalt.art != Belegart::Gutschrift {
            self.stornierbar.insert(self.storno(k, &k.nummer));
        }
        // what the register holds is counted there
        if r.gleicher(k).is_none() {
            self.merke_gutschrift(k)?;
        }
        Ok(())
    }

    /// What the line adds to a Beleg that credit notes reverse: a payment, or something taken back.
    fn merke_gutschrift(&mut self, k: &Kandidat) -> Ergebnis<()> {
        let i = &k.beleg.inhalt;
        let genannt = match (i.art == Belegart::Gutschrift, &i.storno_von) {
            (false, _) => &i.belegnummer,
            (true, Some(n)) if i.gezahlter_betrag.ist_negativ() => n,
            _ => return Ok(()),
        };
        let stand = self.gutschriften.entry(self.storno(k, &domain::nummer(genannt))).or_default();
        let summe = if i.art == Belegart::Gutschrift { &mut stand.andere } else { &mut stand.gezahlt };
        *summe = summe.plus(i.gezahlter_betrag).map_err(bereich)?;
        Ok(())
    }

    /// What a credit note takes back of its Beleg together with those in the register and in the lines before.
    fn gutschrift(&self, k: &Kandidat, r: &Register) -> Ergebnis<Option<Gutschriftstand>> {
        let Some(register) = r.gutschriften.get(&k.zeile) else { return Ok(None) };
        let nummer = domain::nummer(k.beleg.inhalt.storno_von.as_deref().unwrap_or_default());
        let datei = self.gutschriften.get(&self.storno(k, &nummer)).copied().unwrap_or_default();
        Ok(Some(Gutschriftstand {
            gezahlt: register.gezahlt.plus(datei.gezahlt).map_err(bereich)?,
            andere: register.andere.plus(datei.andere).map_err(bereich)?,
        }))
    }

    fn storno(&self, k: &Kandidat, nummer: &str) -> u64 {
        self.hash((k.beleg.massnahme_id, nummer))
    }

    /// The sum of the list without one of its Belege.
    fn ohne(&self, b: Option<&Versioniert<Beleg>>) -> Ergebnis<Euro> {
        let gezahlt = b.map_or(Euro::NULL, |b| b.wert.inhalt.gezahlter_betrag.betrag());
        let summe = self.summe.unwrap_or(Euro::NULL);
        Ok(summe.minus(gezahlt).map_err(bereich)?.max(Euro::NULL))
    }
}
