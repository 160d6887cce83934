// One case from the state's budget to a final Bescheid: Jahrgang 2031, Hochtaunuskreis, six people.
import {
  ablehnung,
  anmelden,
  auf,
  einmal,
  einziger,
  ergebnis,
  gleich,
  MERGE_PATCH,
  ohneIfMatch,
  type Person,
  type Schemas,
  vorhanden,
} from './hilfe.mjs';
import { abrufen } from './abruf.mjs';

const JAHR = 2031;
const KREIS = '06434';
const NACHBAR = '06437';
const REGELWERK = `HE-${JAHR}`;
const TRAEGER = '019a0000-0000-7000-8000-0000000000a2';

const cent = (betrag: string): number => Number(betrag.replace('.', ''));
const euro = (betrag: number): string => (betrag / 100).toFixed(2);
const position = (betrag: string): Schemas['Budgetposition'] => ({ teilbudget: 'ALLGEMEIN', haushaltsjahr: JAHR, betrag });
const inTagen = (tage: number): string => new Date(Date.now() + tage * 86_400_000).toISOString().slice(0, 10);
const tagNach = (tag: string): string => new Date(Date.parse(tag) + 86_400_000).toISOString().slice(0, 10);

export async function vomAnsatzZumBescheid(): Promise<void> {
  const ministerium = await anmelden('demo-ministerium-1');
  const ministerium2 = await anmelden('demo-ministerium-2');
  const bewilligung = await anmelden('demo-bewilligung-1');
  const bewilligung2 = await anmelden('demo-bewilligung-2');
  const kreis = await anmelden(`demo-gk-${KREIS}-1`);

  await stammdaten(kreis);
  await programm(ministerium, ministerium2, kreis);
  await budget(ministerium, ministerium2, kreis);
  const zielvereinbarung = await vereinbaren(kreis, ministerium);
  const antrag = await entwerfen(kreis, zielvereinbarung);
  let etag = await einreichen(kreis, antrag);
  etag = await nachfordern(kreis, bewilligung, antrag.id, etag);
  const bescheid = await bescheiden(kreis, bewilligung, bewilligung2, antrag, etag);
  await abrufen(kreis, bewilligung, bewilligung2, bescheid, vorhanden('M01', antrag.massnahmen.get('M01')), JAHR);
  await geschichte(kreis, antrag.id);
  await rechner(kreis);
}

async function stammdaten(kreis: Person): Promise<void> {
  for (const [stichtag, anzahl] of [['2025-12-31', 26], ['2026-01-01', 27]] as const) {
    const seite = ergebnis(await kreis.GET('/gebietskoerperschaften', { params: { query: { stichtag, limit: 200 } } })).daten;
    gleich(`Gebietskörperschaften on ${stichtag}`, seite.daten.length, anzahl);
    gleich(`Hanau on ${stichtag}`, seite.daten.some((g) => g.kreisschluessel === '06415'), anzahl === 27);
  }
  const hanau = await anmelden('demo-gk-06415-1');
  const zuFrueh = ablehnung(
    await hanau.POST('/antraege', { params: { header: einmal() }, body: { jahrgang: 2025, kreisschluessel: '06415' } }),
    422,
  );
  gleich('Hanau, Jahrgang 2025', zuFrueh.code, 'NICHT_ANTRAGSBERECHTIGT');
  gleich('Hanau, finding', einziger('Hanau', zuFrueh.befunde).code, 'AQB-AB-001');
}

async function programm(ministerium: Person, ministerium2: Person, kreis: Person): Promise<void> {
  const entwurf = ergebnis(
    await ministerium.POST('/regelwerke', {
      params: { header: einmal() },
      body: {
        version: REGELWERK,
        bezeichnung: `Regelwerk ${JAHR}`,
        gueltig_ab: '2026-01-01',
        vorlage: 'HE-ALT',
        parameter: [
          {
            schluessel: 'obergrenze_je_platz.ausbildungsvorbereitung',
            art: 'BETRAG',
            wert: '5000.00',
            gueltig_ab: '2011-01-01',
            fundstelle: 'Beispiel eines Clients',
            einstufung: 'ANNAHME',
          },
        ],
      },
    }),
  );
  gleich('Regelwerk', entwurf.daten.status, 'ENTWURF');
  const veroeffentlichung = { params: { path: { version: REGELWERK }, header: auf(entwurf.etag) } };
  const selbst = ablehnung(await ministerium.POST('/regelwerke/{version}/veroeffentlichung', veroeffentlichung), 403);
  gleich('own Regelwerk', selbst.code, 'VIER_AUGEN');
  const regelwerk = ergebnis(await ministerium2.POST('/regelwerke/{version}/veroeffentlichung', veroeffentlichung)).daten;
  gleich('Regelwerk', regelwerk.status, 'VEROEFFENTLICHT');
  gleich('published by', regelwerk.veroeffentlicht_von, 'demo-ministerium-2');

  const vergleich = ergebnis(
    await kreis.GET('/regelwerke/{version}/vergleich/{andere}', { params: { path: { version: REGELWERK, andere: 'HE-ALT' } } }),
  ).daten;
  const unterschied = einziger('difference to HE-ALT', vergleich.unterschiede);
  gleich('difference to HE-ALT', [unterschied.hier?.wert, unterschied.dort?.art], ['5000.00', 'KEINE']);

  const angelegt = ergebnis(
    await ministerium.POST('/jahrgaenge', {
      params: { header: einmal() },
      body: { jahrgang: JAHR, regelwerk: REGELWERK, ansaetze: [position('300000.00')] },
    }),
  );
  const offen = ergebnis(
    await ministerium.POST('/jahrgaenge/{jahrgang}/oeffnung', {
      params: { path: { jahrgang: JAHR }, header: auf(angelegt.etag) },
    }),
  ).daten;
  gleich('Jahrgang', [offen.status, offen.summe], ['OFFEN', '300000.00']);
}

async function budget(ministerium: Person, ministerium2: Person, kreis: Person): Promise<void> {
  const zuteilen = (kreisschluessel: string, betrag: string) =>
    ministerium.POST('/jahrgaenge/{jahrgang}/zuteilungen', {
      params: { path: { jahrgang: JAHR }, header: einmal() },
      body: { kreisschluessel, grundlage: 'Erlass eines Clients', positionen: [position(betrag)] },
    });
  const zuviel = ablehnung(await zuteilen(KREIS, '300000.03'), 409);
  gleich('three cents too many', zuviel.code, 'PROGRAMM_ERSCHOEPFT');
  const befund = einziger('three cents too many', zuviel.befunde);
  gleich('three cents too many, finding', [befund.code, befund.schwere], ['AQB-BU-004', 'FEHLER']);
  gleich('three cents too many, difference', [befund.differenz?.wert, befund.differenz?.einheit], ['0.03', 'EUR']);
  gleich('Zuteilung', ergebnis(await zuteilen(KREIS, '200000.00')).daten.summe, '200000.00');
  gleich('Zuteilung', ergebnis(await zuteilen(NACHBAR, '50000.00')).daten.summe, '50000.00');

  const stelle = (kreisschluessel: string) => ({ kreisschluessel, teilbudget: 'ALLGEMEIN', haushaltsjahr: JAHR });
  const beantragt = ergebnis(
    await ministerium.POST('/jahrgaenge/{jahrgang}/umverteilungen', {
      params: { path: { jahrgang: JAHR }, header: einmal() },
      body: { von: stelle(NACHBAR), nach: stelle(KREIS), betrag: '10000.00', grund: 'Minderbedarf im Odenwaldkreis' },
    }),
  );
  const freigegeben = ergebnis(
    await ministerium2.POST('/jahrgaenge/{jahrgang}/umverteilungen/{umverteilung_id}/freigabe', {
      params: { path: { jahrgang: JAHR, umverteilung_id: beantragt.daten.id }, header: auf(beantragt.etag) },
    }),
  ).daten;
  gleich('Umverteilung', freigegeben.status, 'FREIGEGEBEN');
  await budgetIst(kreis, '210000.00', '0.00', '210000.00');
}

async function budgetIst(kreis: Person, zugeteilt: string, gebunden: string, verfuegbar: string): Promise<void> {
  const stand = ergebnis(
    await kreis.GET('/budgets/{jahrgang}/{kreisschluessel}', { params: { path: { jahrgang: JAHR, kreisschluessel: KREIS } } }),
  ).daten;
  const zeile = einziger('budget', stand.positionen);
  gleich('budget', [zeile.teilbudget, zeile.haushaltsjahr], ['ALLGEMEIN', JAHR]);
  for (const summe of [zeile, stand.gesamt]) {
    gleich('budget', [summe.zugeteilt, summe.gebunden, summe.verfuegbar], [zugeteilt, gebunden, verfuegbar]);
  }
}

async function vereinbaren(kreis: Person, ministerium: Person): Promise<string> {
  const strategie = ergebnis(
    await kreis.POST('/strategien', {
      params: { header: einmal() },
      body: {
        kreisschluessel: KREIS,
        inhalt: {
          titel: 'Ausbildungs- und Arbeitsmarktstrategie',
          beschlussdatum: '2026-01-15',
          gueltig_von: '2031-01-01',
          gueltig_bis: '2035-12-31',
          zusammenfassung: 'Übergang Schule–Beruf.',
        },
      },
    }),
  );
  const eingereicht = ergebnis(
    await kreis.POST('/strategien/{strategie_id}/einreichung', {
      params: { path: { strategie_id: strategie.daten.id }, header: auf(strategie.etag) },
    }),
  ).daten;
  gleich('Strategie', eingereicht.status, 'EINGEREICHT');

  const entwurf = ergebnis(
    await kreis.POST('/zielvereinbarungen', {
      params: { header: einmal() },
      body: {
        jahrgang: JAHR,
        kreisschluessel: KREIS,
        inhalt: {
          strategie_id: strategie.daten.id,
          budget_positionen: [position('210000.00')],
          ziele: [
            {
              massnahmeart: 'AUSBILDUNGSVORBEREITUNG',
              zielgruppe: 'NICHT_AUSBILDUNGSREIF',
              plaetze_geplant: 20,
              teilnehmende_geplant: 30,
              indikator: 'Übergänge in Ausbildung',
              zielwert: 12,
              einheit: 'Personen',
            },
          ],
          querschnittsziele: { gleichstellung: 'Die Hälfte der Plätze für Frauen.', inklusion: 'Barrierefrei.' },
        },
      },
    }),
  );
  const path = { zielvereinbarung_id: entwurf.daten.id };
  const abgestimmt = ergebnis(
    await kreis.POST('/zielvereinbarungen/{zielvereinbarung_id}/abstimmung', {
      params: { path, header: auf(entwurf.etag) },
      body: {},
    }),
  );
  gleich('Zielvereinbarung', abgestimmt.daten.status, 'ABGESTIMMT');
  // Both sign the same document, not merely the same record.
  const dokument_sha256 = vorhanden('hash of the Zielvereinbarung', abgestimmt.daten.dokument_sha256);
  const unterzeichnen = async (wer: Person, durch: string, etag: string) =>
    ergebnis(
      await wer.POST('/zielvereinbarungen/{zielvereinbarung_id}/unterzeichnung', {
        params: { path, header: auf(etag) },
        body: { durch, dokument_sha256 },
      }),
    );
  const halb = await unterzeichnen(kreis, 'Erste Kreisbeigeordnete', abgestimmt.etag);
  gleich('one signature', halb.daten.status, 'UNTERZEICHNET_GK');
  const ganz = (await unterzeichnen(ministerium, 'Referatsleitung', halb.etag)).daten;
  gleich('both signatures', ganz.status, 'GESCHLOSSEN');
  gleich('signatures', [ganz.unterschriften.gk?.durch, ganz.unterschriften.ministerium?.durch], ['Erste Kreisbeigeordnete', 'Referatsleitung']);
  return ganz.id;
}

function massnahme(
  titel: string,
  ausgaben: string,
  land: string,
  details: Schemas['Massnahmedetails'],
  abweichend: Partial<Schemas['Massnahmeninhalt']> = {},
  kostenart = 'HONORARE',
): Schemas['Massnahmeninhalt'] {
  const eigen = cent(ausgaben) - cent(land);
  const finanzierung = [{ quelle: 'LAND_AQB', haushaltsjahr: JAHR, betrag: land }];
  if (eigen > 0) finanzierung.push({ quelle: 'EIGENMITTEL_GK', haushaltsjahr: JAHR, betrag: euro(eigen) });
  return {
    titel,
    kurzbeschreibung: `${titel} im Hochtaunuskreis.`,
    teilbudget: 'ALLGEMEIN',
    traeger_id: TRAEGER,
    durchfuehrungsform: 'WEITERLEITUNG',
    beginn: `${JAHR}-02-01`,
    ende: `${JAHR}-12-31`,
    durchfuehrungsorte: [{ plz: '61352', ort: 'Bad Homburg vor der Höhe', kreisschluessel: KREIS }],
    finanzierungsplan: { einzelansaetze: [{ position: kostenart, haushaltsjahr: JAHR, betrag: ausgaben }], finanzierung },
    details,
    ...abweichend,
  };
}

const TEILNAHME = { teilnehmende_geplant: 20, davon_weiblich_geplant: 10, stundenumfang_woche: 30, dauer_monate: 10 };

/** M01; its grant meets the cap of 12 places at 5000.00 exactly, or exceeds it. */
const startklar = (land: string) =>
  massnahme('Startklar', '70000.00', land, {
    massnahmeart: 'AUSBILDUNGSVORBEREITUNG',
    zielgruppen: ['NICHT_AUSBILDUNGSREIF'],
    plaetze: 12,
    gesundheitsfoerderung: true,
    ...TEILNAHME,
  });

const MASSNAHMEN: Record<string, Schemas['Massnahmeninhalt']> = {
  M01: startklar('60000.01'),
  M02: massnahme('Ausbildung in Teilzeit', '80000.00', '70000.00', {
    massnahmeart: 'AUSBILDUNG_UND_COACHING',
    zielgruppen: ['ALLEINERZIEHENDE_FAMILIENSORGE'],
    plaetze: 8,
    ausbildungsberuf: { kldb2010: '71402', bezeichnung: 'Kauffrau für Büromanagement' },
    teilzeit: true,
    coaching: true,
    ...TEILNAHME,
  }),
  M03: massnahme('Lager und Logistik', '70000.00', '60000.00', {
    massnahmeart: 'QUALIFIZIERUNGSPROJEKT',
    zielgruppen: ['LANGZEITARBEITSLOS'],
    plaetze: 15,
    ...TEILNAHME,
  }),
  M04: massnahme(
    'Fortschreibung der Strategie',
    '18000.00',
    '18000.00',
    { massnahmeart: 'WEITERBILDUNG_UND_WISSENSCHAFT', unterart: 'WISSENSCHAFT', thema: 'Arbeitsmarktstrategie' },
    {
      durchfuehrungsform: 'AUFTRAG',
      vergabe: { verfahrensart: 'VERHANDLUNGSVERGABE', auftragswert_netto: '18000.00', dokumentiert: true },
    },
    'WISSENSCHAFTLICHE_BEGLEITUNG',
  ),
};

/** The compiler knows which fields a kind of measure has, and that there is no fifth kind. */
function plaetze(details: Schemas['Massnahmedetails']): number {
  switch (details.massnahmeart) {
    case 'AUSBILDUNGSVORBEREITUNG':
    case 'AUSBILDUNG_UND_COACHING':
    case 'QUALIFIZIERUNGSPROJEKT':
      return details.plaetze;
    case 'WEITERBILDUNG_UND_WISSENSCHAFT':
      return 0;
    default:
      return details satisfies never;
  }
}

/** Four quarters whose cents add up to the plan of the year. */
function detailplan(m: Schemas['Massnahmeninhalt']): Schemas['Detailplanung'] {
  const summe = (betraege: readonly { betrag: string }[]) => betraege.reduce((s, b) => s + cent(b.betrag), 0);
  const { einzelansaetze, finanzierung } = m.finanzierungsplan;
  const ausgaben = summe(einzelansaetze);
  const land = summe(finanzierung.filter((f) => f.quelle === 'LAND_AQB'));
  const viertel = (betrag: number, quartal: number) => euro(Math.floor(betrag / 4) + (quartal < betrag % 4 ? 1 : 0));
  const quartale = [['02-01', '03-31'], ['04-01', '06-30'], ['07-01', '09-30'], ['10-01', '12-31']] as const;
  return {
    perioden: quartale.map(([von, bis], i) => ({
      von: `${JAHR}-${von}`,
      bis: `${JAHR}-${bis}`,
      raster: 'QUARTAL',
      ausgaben: viertel(ausgaben, i),
      land_aqb: viertel(land, i),
      kofinanzierung: viertel(ausgaben - land, i),
      plaetze: plaetze(m.details),
      eintritte: 0,
      austritte: 0,
    })),
  };
}

interface Antragsakte {
  id: string;
  etag: string;
  massnahmen: Map<string, string>;
}

const BANK: Schemas['Bankverbindung'] = {
  iban: 'DE02500105170137075030',
  kontoinhaber: 'Hochtaunuskreis',
  kassenzeichen: 'AQB-31',
};

async function entwerfen(kreis: Person, zielvereinbarung_id: string): Promise<Antragsakte> {
  const entwurf = ergebnis(
    await kreis.POST('/antraege', {
      params: { header: einmal() },
      body: {
        jahrgang: JAHR,
        kreisschluessel: KREIS,
        inhalt: {
          antragsteller: {
            organisationseinheit: 'Amt für Arbeit',
            anschrift: { strasse: 'Am Kreishaus 1', plz: '61352', ort: 'Bad Homburg vor der Höhe' },
            ansprechperson: { name: 'Alex Beispiel', email: 'alex@example.org', telefon: '+49 6172 999-0' },
          },
          bankverbindung: { ...BANK, iban: 'DE02500105170137075031' },
          zielvereinbarung_id,
          bewilligungszeitraum: { von: `${JAHR}-01-01`, bis: `${JAHR + 1}-12-31` },
          vorzeitiger_massnahmebeginn: { beantragt: false },
          vorsteuerabzug: 'NEIN',
          andere_oeffentliche_mittel: [],
          erklaerungen: [
            'angaben_richtig',
            'datenschutz',
            'gesamtfinanzierung_gesichert',
            'massnahme_nicht_vor_1_1_begonnen',
            'traegerauswahl_dokumentiert',
          ],
          unterzeichner: { name: 'Kim Muster', funktion: 'Erste Kreisbeigeordnete', vertretungsbefugt: true },
        },
      },
    }),
  );
  gleich('Antrag', entwurf.daten.status, 'ENTWURF');
  const antrag_id = entwurf.daten.id;
  const akte: Antragsakte = { id: antrag_id, etag: entwurf.etag, massnahmen: new Map() };

  for (const [massnahme_nr, inhalt] of Object.entries(MASSNAHMEN)) {
    const angelegt = ergebnis(
      await kreis.POST('/antraege/{antrag_id}/massnahmen', {
        params: { path: { antrag_id }, header: einmal() },
        body: { massnahme_nr, inhalt },
      }),
    );
    gleich(`${massnahme_nr}, kind`, angelegt.daten.massnahmeart, inhalt.details.massnahmeart);
    const path = { antrag_id, massnahme_id: angelegt.daten.id };
    akte.massnahmen.set(massnahme_nr, angelegt.daten.id);
    const geplant = ergebnis(
      await kreis.PUT('/antraege/{antrag_id}/massnahmen/{massnahme_id}/detailplanung', {
        params: { path, header: { 'If-Match': angelegt.etag } },
        body: detailplan(inhalt),
      }),
    );
    gleich(`${massnahme_nr}, first version of the plan`, geplant.daten.nr, 1);
    akte.etag = geplant.etag;
  }

  const liste = ergebnis(await kreis.GET('/antraege/{antrag_id}/massnahmen', { params: { path: { antrag_id } } })).daten;
  gleich('places', liste.massnahmen.map((m) => plaetze(m.inhalt.details)), [12, 8, 15, 0]);
  gleich('grants', liste.massnahmen.map((m) => m.beantragte_zuwendung), ['60000.01', '70000.00', '60000.00', '18000.00']);
  return akte;
}

async function einreichen(kreis: Person, akte: Antragsakte): Promise<string> {
  const path = { antrag_id: akte.id };
  const pruefbericht = async () =>
    ergebnis(await kreis.GET('/antraege/{antrag_id}/pruefbericht', { params: { path } })).daten;

  const vorher = await pruefbericht();
  gleich('report', [vorher.einreichbar, vorher.regelwerk], [false, REGELWERK]);
  gleich('report', vorher.befunde.map((b) => b.code), ['AQB-AN-001', 'AQB-OG-001']);
  gleich('one cent above the cap', vorher.befunde[1]?.differenz, { wert: '0.01', einheit: 'EUR' });
  const nichtReif = ablehnung(
    await kreis.POST('/antraege/{antrag_id}/einreichung', { params: { path, header: auf(akte.etag) }, body: {} }),
    422,
  );
  gleich('filing too early', nichtReif.befunde.map((b) => b.code), ['AQB-AN-001', 'AQB-OG-001']);

  const bank = { params: { path, header: auf(akte.etag) }, headers: MERGE_PATCH, body: { inhalt: { bankverbindung: BANK } } };
  const vergesslich = await anmelden(`demo-gk-${KREIS}-1`, ohneIfMatch);
  gleich('no If-Match', ablehnung(await vergesslich.PATCH('/antraege/{antrag_id}', bank), 428).code, 'VERSION_FEHLT');
  const berichtigt = ergebnis(await kreis.PATCH('/antraege/{antrag_id}', bank));
  gleich('merged', berichtigt.daten.inhalt.bankverbindung, BANK);
  gleich('not merged away', berichtigt.daten.inhalt.unterzeichner?.name, 'Kim Muster');
  const veraltet = ablehnung(
    await kreis.PATCH('/antraege/{antrag_id}', { ...bank, params: { path, header: auf(akte.etag) } }),
    412,
  );
  gleich('stale If-Match', [veraltet.code, veraltet.aktuelle_version], ['VERSION_VERALTET', berichtigt.daten.version]);

  const m01 = startklar('60000.00');
  const ort = { ...path, massnahme_id: vorhanden('M01', akte.massnahmen.get('M01')) };
  const gesenkt = ergebnis(
    await kreis.PATCH('/antraege/{antrag_id}/massnahmen/{massnahme_id}', {
      params: { path: ort, header: auf(berichtigt.etag) },
      headers: MERGE_PATCH,
      body: { inhalt: m01 },
    }),
  );
  const geplant = ergebnis(
    await kreis.PUT('/antraege/{antrag_id}/massnahmen/{massnahme_id}/detailplanung', {
      params: { path: ort, header: { 'If-Match': gesenkt.etag } },
      body: detailplan(m01),
    }),
  );
  gleich('second version of the plan', geplant.daten.nr, 2);
  gleich('report', await pruefbericht().then((b) => [b.einreichbar, b.befunde.length]), [true, 0]);

  const simuliert = ergebnis(
    await kreis.POST('/antraege/{antrag_id}/einreichung', {
      params: { path, header: auf(geplant.etag), query: { simulation: true } },
      body: {},
    }),
  ).daten;
  gleich('simulated filing', [simuliert.status, simuliert.simulation?.ereignisse], ['EINGEREICHT', ['antrag.eingereicht']]);
  const unveraendert = ergebnis(await kreis.GET('/antraege/{antrag_id}', { params: { path } }));
  gleich('after the simulation', [unveraendert.daten.status, unveraendert.etag], ['ENTWURF', geplant.etag]);

  const doppelklick = { params: { path, header: auf(geplant.etag) }, body: {} };
  const eingereicht = ergebnis(await kreis.POST('/antraege/{antrag_id}/einreichung', doppelklick));
  const nochEinmal = ergebnis(await kreis.POST('/antraege/{antrag_id}/einreichung', doppelklick));
  gleich('first and second click', [eingereicht.wiederholt, nochEinmal.wiederholt], [false, true]);
  gleich('same answer', nochEinmal.daten, eingereicht.daten);
  gleich('filed', [eingereicht.daten.status, eingereicht.daten.beantragte_zuwendung], ['EINGEREICHT', '208000.00']);
  gleich('file number', eingereicht.daten.aktenzeichen, simuliert.aktenzeichen);
  gleich('no simulation', eingereicht.daten.simulation, undefined);

  const quittung = ergebnis(await kreis.GET('/antraege/{antrag_id}/eingangsbestaetigung', { params: { path } })).daten;
  gleich('receipt', [eingereicht.daten.aktenzeichen, eingereicht.daten.eingereicht_am], [quittung.aktenzeichen, quittung.eingegangen_am]);
  gleich('receipt, SHA-256', await sha256(quittung.dokument), quittung.sha256);
  return eingereicht.etag;
}

async function sha256(text: string): Promise<string> {
  const summe = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(summe), (b) => b.toString(16).padStart(2, '0')).join('');
}

async function nachfordern(kreis: Person, bewilligung: Person, antrag_id: string, etag: string): Promise<string> {
  const path = { antrag_id };
  const pruefen = async (version: string) =>
    ergebnis(await bewilligung.POST('/antraege/{antrag_id}/pruefung', { params: { path, header: auf(version) }, body: {} }));

  const angenommen = await pruefen(etag);
  gleich('examined by', angenommen.daten.in_pruefung_durch, 'demo-bewilligung-1');
  const frist = inTagen(28);
  const gefordert = ergebnis(
    await bewilligung.POST('/antraege/{antrag_id}/nachforderung', {
      params: { path, header: auf(angenommen.etag) },
      body: {
        posten: [{ feld: '/bankverbindung', grund: 'UNKLAR', text: 'Bitte das Kassenzeichen bestätigen.' }],
        frist,
      },
    }),
  );
  gleich('Nachforderung', [gefordert.daten.status, gefordert.daten.nachforderung?.frist], ['NACHFORDERUNG', frist]);

  const aendern = (inhalt: Schemas['Antragsinhalt']) =>
    kreis.PATCH('/antraege/{antrag_id}', {
      params: { path, header: auf(gefordert.etag) },
      headers: MERGE_PATCH,
      body: { inhalt },
    });
  const ungefragt = ablehnung(await aendern({ vorsteuerabzug: 'JA' }), 409);
  gleich('not asked for', [ungefragt.code, einziger('not asked for', ungefragt.befunde).code], ['NUR_NACHGEFORDERTES', 'AQB-ZU-003']);
  const beantwortet = ergebnis(await aendern({ bankverbindung: { ...BANK, kassenzeichen: 'AQB-2031-001' } }));
  const erneut = ergebnis(
    await kreis.POST('/antraege/{antrag_id}/einreichung', { params: { path, header: auf(beantwortet.etag) }, body: {} }),
  );
  gleich('answered', erneut.daten.nachforderung?.beantwortet_am !== undefined, true);
  const geprueft = await pruefen(erneut.etag);
  gleich('examined again', geprueft.daten.status, 'IN_PRUEFUNG');
  return geprueft.etag;
}

async function bescheiden(
  kreis: Person,
  bewilligung: Person,
  bewilligung2: Person,
  akte: Antragsakte,
  etag: string,
): Promise<string> {
  const betraege: Record<string, string> = { M01: '60000.00', M02: '70000.00', M03: '50000.00', M04: '18000.00' };
  const entwurf = ergebnis(
    await bewilligung.POST('/antraege/{antrag_id}/teilbewilligung', {
      params: { path: { antrag_id: akte.id }, header: auf(etag) },
      body: {
        positionen: Object.entries(betraege).map(([nr, bewilligt]) => ({
          massnahme_id: vorhanden(nr, akte.massnahmen.get(nr)),
          haushaltsjahr: JAHR,
          bewilligt,
        })),
        auflagen: [{ code: 'ZWISCHENBERICHT', text: 'Zwischenbericht zur Hälfte der Laufzeit.', faellig_am: `${JAHR}-09-30` }],
        begruendung: 'Für M03 reichen nach der Kalkulation des Trägers 50.000 EUR aus.',
      },
    }),
  );
  gleich('draft', entwurf.daten.inhalt.entscheidung, 'TEILBEWILLIGUNG');
  const path = { bescheid_id: entwurf.daten.id };

  const freigabe = { params: { path, header: auf(entwurf.etag) }, body: {} };
  const selbst = ablehnung(await bewilligung.POST('/bescheide/{bescheid_id}/freigabe', freigabe), 403);
  gleich('own Bescheid', [selbst.code, einziger('own Bescheid', selbst.befunde).code], ['VIER_AUGEN', 'AQB-RE-002']);
  const simuliert = ergebnis(
    await bewilligung2.POST('/bescheide/{bescheid_id}/freigabe', {
      params: { path, header: auf(entwurf.etag), query: { simulation: true } },
      body: {},
    }),
  ).daten;
  gleich(
    'simulated bookings',
    simuliert.simulation?.buchungen.map((b) => `${b.konto} ${b.kreisschluessel} ${b.haushaltsjahr} ${b.betrag}`),
    [`VERFUEGBAR ${KREIS} ${JAHR} -198000.00`, ...Object.values(betraege).map((b) => `GEBUNDEN ${KREIS} ${JAHR} ${b}`)],
  );
  await budgetIst(kreis, '210000.00', '0.00', '210000.00');

  const erlassen = ergebnis(await bewilligung2.POST('/bescheide/{bescheid_id}/freigabe', freigabe));
  gleich('issued', [erlassen.daten.status, erlassen.daten.freigegeben_von], ['ERLASSEN', 'demo-bewilligung-2']);
  gleich('issued', [erlassen.daten.bewilligt, erlassen.daten.beantragt], ['198000.00', '208000.00']);
  await budgetIst(kreis, '210000.00', '198000.00', '12000.00');

  const heute = vorhanden('day of issue', erlassen.daten.erlassen_am);
  const bekannt = ergebnis(
    await bewilligung.POST('/bescheide/{bescheid_id}/bekanntgabe', {
      params: { path, header: auf(erlassen.etag) },
      body: { weg: 'PERSOENLICH', zugang_am: heute },
    }),
  );
  gleich('announced', [bekannt.daten.status, bekannt.daten.bekannt_am], ['BEKANNTGEGEBEN', heute]);
  const frist = await einenMonatNach(kreis, heute);
  gleich('period for a remedy', bekannt.daten.rechtsbehelf_bis, frist);
  gleich('final after the period', [bekannt.daten.bestandskraft_am, bekannt.daten.bestandskraeftig], [tagNach(frist), false]);
  const verzichtet = ergebnis(
    await kreis.POST('/bescheide/{bescheid_id}/rechtsbehelfsverzicht', {
      params: { path, header: auf(bekannt.etag) },
      body: { am: heute },
    }),
  ).daten;
  gleich('final after the waiver', [verzichtet.bestandskraft_am, verzichtet.bestandskraeftig], [heute, true]);

  const antrag = ergebnis(await kreis.GET('/antraege/{antrag_id}', { params: { path: { antrag_id: akte.id } } })).daten;
  gleich('Antrag', antrag.status, 'TEILBEWILLIGT');
  return erlassen.daten.id;
}

async function geschichte(kreis: Person, antrag_id: string): Promise<void> {
  const eintraege: Schemas['Protokolleintrag'][] = [];
  let cursor: string | undefined;
  do {
    const seite = ergebnis(
      await kreis.GET('/antraege/{antrag_id}/historie', {
        params: { path: { antrag_id }, query: { limit: 7, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ).daten;
    eintraege.push(...seite.daten);
    cursor = seite.weiter;
  } while (cursor !== undefined);
  const entwurf = ['massnahme_anlage', 'detailplanung'];
  gleich('history', eintraege.map((e) => e.akt), [
    'anlage',
    ...entwurf, ...entwurf, ...entwurf, ...entwurf,
    'aenderung', 'massnahme_aenderung', 'detailplanung', 'einreichung',
    'pruefung', 'nachforderung', 'aenderung', 'einreichung', 'pruefung',
    'entscheidung_vorbereitung', 'freigabe',
  ]);
  gleich('history, numbers', eintraege.map((e) => e.nr), eintraege.map((_, i) => i + 1));
  gleich('history, chain', eintraege.slice(1).map((e) => e.vorgaenger_hash), eintraege.slice(0, -1).map((e) => e.hash));
  gleich('history, last', eintraege.at(-1)?.person, 'demo-bewilligung-2');
}

async function rechner(kreis: Person): Promise<void> {
  const zinsen = ergebnis(
    await kreis.POST('/berechnungen/zinsen', {
      body: {
        kapital: '10000.00',
        von: '2023-12-01',
        bis: '2024-08-01',
        methode: 'ACT_ACT',
        rundung: 'AM_ENDE',
        aufschlag_prozentpunkte: '5.00',
      },
    }),
  ).daten;
  gleich('interest', [zinsen.zinsen, zinsen.tage], ['568.50', 244]);
  gleich('interest, days of the sections', zinsen.abschnitte.map((a) => a.tage).reduce((a, b) => a + b), 244);

  const zuwendung = ergebnis(
    await kreis.POST('/berechnungen/zuwendung', {
      body: {
        finanzierungsart: 'ANTEIL',
        plan: { ausgaben: '250000.00', zuwendung: '200000.00', eigenmittel: '30000.00', deckungsmittel: '20000.00' },
        ist: { ausgaben: '231400.00', eigenmittel: '30000.00', deckungsmittel: '20000.00' },
        bagatellgrenze: '500.00',
        ausgezahlt: '200000.00',
      },
    }),
  ).daten;
  gleich('grant', [zuwendung.zuwendung, zuwendung.erstattung], ['185120.00', '14880.00']);

  const antragsfrist = ergebnis(
    await kreis.POST('/berechnungen/frist', { body: { art: 'ANTRAGSFRIST', jahrgang: 2024 } }),
  ).daten;
  gleich('deadline', antragsfrist.ende, '2024-04-02');
  // 28 February is a Saturday.
  gleich('one month', await einenMonatNach(kreis, '2026-01-30'), '2026-03-02');
}

async function einenMonatNach(kreis: Person, beginn: string): Promise<string> {
  const frist = await kreis.POST('/berechnungen/frist', {
    body: { art: 'MONATSFRIST', beginn, monate: 1, werktag_verschiebung: true },
  });
  return ergebnis(frist).daten.ende;
}
