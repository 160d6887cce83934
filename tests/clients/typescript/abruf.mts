// Money is called: need by day, a cut, an order by two persons.
import { ablehnung, auf, einmal, ergebnis, gleich, type Person } from './hilfe.mjs';

/** Calls money of M01: 60,000.00 granted, 10,000.00 of its 70,000.00 are the county's own. */
export async function abrufen(
  kreis: Person,
  bewilligung: Person,
  bewilligung2: Person,
  bescheid_id: string,
  massnahme_id: string,
  jahr: number,
): Promise<void> {
  const abrufbar = async (): Promise<string> =>
    ergebnis(await kreis.GET('/bescheide/{bescheid_id}/abrufbar', { params: { path: { bescheid_id } } })).daten.abrufbar;
  gleich('left', await abrufbar(), '198000.00');
  const entwurf = ergebnis(
    await kreis.POST('/mittelabrufe', {
      params: { header: einmal() },
      body: {
        bescheid_id,
        inhalt: {
          haushaltsjahr: jahr,
          auszahlung_am: `${jahr}-02-10`,
          positionen: [{ massnahme_id, betrag: '48000.00' }],
          bedarf: ['02-15', '03-15', '04-15', '05-15'].map((tag) => ({
            faellig_am: `${jahr}-${tag}`,
            betrag: '12000.00',
            zweck: 'Honorare',
          })),
          bisher_verausgabt: '0.00',
          eigenmittel_eingesetzt: '10000.00',
          iban: 'DE02500105170137075030',
        },
      },
    }),
  );
  const path = { mittelabruf_id: entwurf.daten.id };
  const offen = ablehnung(
    await kreis.POST('/mittelabrufe/{mittelabruf_id}/einreichung', { params: { path, header: auf(entwurf.etag) }, body: {} }),
    422,
  );
  gleich('more than is needed in time', offen.befunde.map((b) => b.kurzname), ['BEDARF_NICHT_GEDECKT', 'WARNUNG_NICHT_BESTAETIGT']);
  const eingereicht = ergebnis(
    await kreis.POST('/mittelabrufe/{mittelabruf_id}/einreichung', {
      params: { path, header: auf(entwurf.etag) },
      body: { bestaetigte_warnungen: [{ code: 'AQB-AR-010', begruendung: 'Die Verträge laufen weiter.' }] },
    }),
  );
  gleich('filed', [eingereicht.daten.abruf_nr, await abrufbar()], [1, '150000.00']);
  const geprueft = ergebnis(
    await bewilligung.POST('/mittelabrufe/{mittelabruf_id}/pruefung', {
      params: { path, header: auf(eingereicht.etag) },
      body: { sachlich_richtig: true, rechnerisch_richtig: true },
    }),
  );
  gleich('cut', [geprueft.daten.status, geprueft.daten.festgestellt, await abrufbar()], ['GEKUERZT', '24000.00', '174000.00']);
  const anordnung = { params: { path, header: auf(geprueft.etag) }, body: {} };
  gleich(
    'own check',
    ablehnung(await bewilligung.POST('/mittelabrufe/{mittelabruf_id}/anordnung', anordnung), 403).code,
    'VIER_AUGEN',
  );
  const angeordnet = ergebnis(await bewilligung2.POST('/mittelabrufe/{mittelabruf_id}/anordnung', anordnung)).daten;
  gleich('ordered', [angeordnet.status, angeordnet.anordnung?.von], ['ANGEORDNET', 'demo-bewilligung-2']);
}
