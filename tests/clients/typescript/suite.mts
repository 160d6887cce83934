// What a front end does: typed calls, typed errors, amounts as strings. The compiler already proves the field names.
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

declare const process: { env: Record<string, string | undefined>; exitCode?: number };

const baseUrl = process.env['API'];
const token = process.env['TOKEN'];
if (!baseUrl || !token) throw new Error('API and TOKEN must be set');
const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

let geprueft = 0;
function gleich(was: string, ist: unknown, soll: unknown): void {
  geprueft += 1;
  if (JSON.stringify(ist) !== JSON.stringify(soll)) {
    throw new Error(`${was}: ${JSON.stringify(ist)}, expected ${JSON.stringify(soll)}`);
  }
}

const zinsen = await api.POST('/berechnungen/zinsen', {
  body: {
    kapital: '10000.00',
    von: '2023-12-01',
    bis: '2024-08-01',
    methode: 'ACT_ACT',
    rundung: 'AM_ENDE',
    aufschlag_prozentpunkte: '5.00',
  },
});
gleich('interest', zinsen.data?.zinsen, '568.50');
gleich('interest, days', zinsen.data?.tage, 244);

const frist = await api.POST('/berechnungen/frist', { body: { art: 'ANTRAGSFRIST', jahrgang: 2024 } });
gleich('deadline', frist.data?.ende, '2024-04-02');

const kataloge = await api.GET('/kataloge');
gleich('catalogues, status', kataloge.response.status, 200);

const ohneToken = createClient<paths>({ baseUrl });
const fremd = await ohneToken.GET('/kataloge');
gleich('no token, status', fremd.response.status, 401);
gleich('no token, problem', fremd.error?.status, 401);
gleich('no token, media type', fremd.response.headers.get('content-type')?.split(';')[0], 'application/problem+json');

const unlesbar = await api.POST('/berechnungen/zinsen', {
  body: { kapital: '1', von: '2023-12-01', bis: '2024-08-01', methode: 'ACT_ACT', rundung: 'AM_ENDE' },
});
gleich('malformed amount, status', unlesbar.response.status, 400);
gleich('malformed amount, findings', (unlesbar.error?.befunde.length ?? 0) > 0, true);

console.log(`TypeScript: ${geprueft} assertions`);
