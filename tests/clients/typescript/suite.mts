// What a front end does: typed calls, typed errors, amounts as strings. The compiler already proves the field names.
import createClient from 'openapi-fetch';
import type { paths } from './api.js';
import { ablehnung, anmelden, anzahlPruefungen, ergebnis, gleich, umgebung } from './hilfe.mjs';
import { vomAnsatzZumBescheid } from './weg.mjs';

const sachbearbeitung = await anmelden('demo-bewilligung-1');

const kataloge = ergebnis(await sachbearbeitung.GET('/kataloge', { params: { query: { limit: 200 } } })).daten;
gleich('catalogues', kataloge.daten.some((k) => k.name === 'zielgruppen'), true);

const fremd = ablehnung(await createClient<paths>({ baseUrl: umgebung('API') }).GET('/kataloge'), 401);
gleich('no token', fremd.instance, '/v1/kataloge');

const unlesbar = ablehnung(
  await sachbearbeitung.POST('/berechnungen/zinsen', {
    body: { kapital: '1', von: '2023-12-01', bis: '2024-08-01', methode: 'ACT_ACT', rundung: 'AM_ENDE' },
  }),
  400,
);
gleich('malformed amount, findings', unlesbar.befunde.length > 0, true);

await vomAnsatzZumBescheid();

console.log(`TypeScript: ${anzahlPruefungen()} assertions`);
