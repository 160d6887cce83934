// What every program around the generated client needs: signing in, and reading an answer as a result or as a problem.
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './api.js';

declare const process: { env: Record<string, string | undefined> };

export type Schemas = components['schemas'];
export type Person = Client<paths>;

export function umgebung(name: string): string {
  const wert = process.env[name];
  if (!wert) throw new Error(`${name} must be set`);
  return wert;
}

export async function anmelden(konto: string, ...middleware: Middleware[]): Promise<Person> {
  const antwort = await fetch(`${umgebung('SERVER')}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: konto, client_secret: 'demo' }),
  });
  if (!antwort.ok) throw new Error(`no token for ${konto}: ${antwort.status}`);
  const { access_token: token }: { access_token: string } = await antwort.json();
  const person = createClient<paths>({
    baseUrl: umgebung('API'),
    headers: { Authorization: `Bearer ${token}`, 'Accept-Language': 'de' },
  });
  person.use(...middleware);
  return person;
}

/** Loses `If-Match` as a proxy might. The compiler allows nobody to forget it. */
export const ohneIfMatch: Middleware = {
  onRequest({ request }) {
    request.headers.delete('If-Match');
    return request;
  },
};

export const MERGE_PATCH = { 'Content-Type': 'application/merge-patch+json' };

/** Headers of a request that must take effect once, however often it arrives. */
export const einmal = (schluessel: string = crypto.randomUUID()) => ({ 'Idempotency-Key': schluessel });

/** Headers of a change to the state that was read. */
export const auf = (etag: string, schluessel?: string) => ({ 'If-Match': etag, ...einmal(schluessel) });

interface Antwort<T> {
  data?: T;
  error?: Schemas['Problem'];
  response: Response;
}

/** The result of a call that must succeed, with the ETag for the next one. */
export function ergebnis<T>(antwort: Antwort<T>): { daten: T; etag: string; wiederholt: boolean } {
  const { data, error, response } = antwort;
  if (data === undefined) throw new Error(`${response.url}: ${JSON.stringify(error, null, 2)}`);
  return {
    daten: data,
    etag: response.headers.get('ETag') ?? '',
    wiederholt: response.headers.get('Idempotent-Replayed') === 'true',
  };
}

/** The problem of a call that must be refused with this status. */
export function ablehnung(antwort: Antwort<unknown>, status: number): Schemas['Problem'] {
  const { error, response } = antwort;
  if (error === undefined) throw new Error(`${response.url}: ${response.status}, expected a problem`);
  gleich(`${response.url}, status`, [response.status, error.status], [status, status]);
  gleich(`${response.url}, media type`, response.headers.get('Content-Type')?.split(';')[0], 'application/problem+json');
  return error;
}

/** The only finding of a problem or report; a second one would be news. */
export function einziger<T>(was: string, liste: readonly T[]): T {
  const [erster] = liste;
  if (erster === undefined || liste.length !== 1) throw new Error(`${was}: ${JSON.stringify(liste)}, expected exactly one`);
  return erster;
}

export function vorhanden<T>(was: string, wert: T | undefined): T {
  if (wert === undefined) throw new Error(`${was}: missing`);
  return wert;
}

let geprueft = 0;
export const anzahlPruefungen = (): number => geprueft;

/** `NoInfer` lets the compiler check the expectation against the generated type, too. */
export function gleich<T>(was: string, ist: T, soll: NoInfer<T>): void {
  geprueft += 1;
  if (JSON.stringify(ist) !== JSON.stringify(soll)) {
    throw new Error(`${was}: ${JSON.stringify(ist)}, expected ${JSON.stringify(soll)}`);
  }
}
