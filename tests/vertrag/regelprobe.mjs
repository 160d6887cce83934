// Proves the lint rules: regelprobe.yaml is clean, and each of our own rules fires on the one change below that breaks it.
// A rule whose JSONPath silently matches nothing would otherwise pass every document for ever.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const hier = path.dirname(fileURLToPath(import.meta.url));
const wurzel = path.resolve(hier, '../..');
const require = createRequire(path.join(process.env.WERKZEUG ?? path.join(wurzel, '.werkzeug'), 'x'));
const { Spectral, Document } = require('@stoplight/spectral-core');
const Parsers = require('@stoplight/spectral-parsers');
const { bundleAndLoadRuleset } = require('@stoplight/spectral-ruleset-bundler/with-loader');

const gut = Parsers.Yaml.parse(fs.readFileSync(path.join(hier, 'regelprobe.yaml'), 'utf8')).data;
const spectral = new Spectral();
spectral.setRuleset(await bundleAndLoadRuleset(path.join(wurzel, 'openapi/regeln.spectral.yaml'), { fs, fetch }));

const p = (d, pfad, verb) => d.paths[pfad][verb];
const liste = (d) => p(d, '/antraege', 'get');
const anlegen = (d) => p(d, '/antraege', 'post');
const lesen = (d) => p(d, '/antraege/{antrag_id}', 'get');
const aendern = (d) => p(d, '/antraege/{antrag_id}', 'patch');
const akt = (d) => p(d, '/antraege/{antrag_id}/einreichung', 'post');
const schema = (d, name) => d.components.schemas[name];
const ohne = (op, name) => (op.parameters = op.parameters.filter((x) => !JSON.stringify(x).includes(name)));

const brueche = [
  ['aqb-openapi-3-1-0', (d) => (d.openapi = '3.1.1')],
  ['aqb-info-semver', (d) => (d.info.version = 'v1')],
  ['aqb-server-v1', (d) => (d.servers[0].url = '/api')],
  ['aqb-pfad-ohne-version', (d) => (d.paths['/v1/kataloge'] = {})],
  ['aqb-operation-id', (d) => (liste(d).operationId = 'antraegeAuflisten')],
  ['aqb-operation-id', (d) => (liste(d).operationId = 'antraege')],
  ['aqb-operation-id', (d) => delete liste(d).operationId],
  ['operation-operationId-unique', (d) => (liste(d).operationId = 'antrag_lesen')],
  ['aqb-summary', (d) => delete liste(d).summary],
  ['operation-description', (d) => delete liste(d).description],
  ['aqb-ein-tag', (d) => liste(d).tags.push('Dokumente')],
  ['aqb-ein-tag', (d) => delete liste(d).tags],
  ['aqb-tag-ascii', (d) => (d.tags[0].name = liste(d).tags[0] = 'Anträge')],
  ['aqb-webhook-tag', (d) => (d.webhooks.antrag_eingereicht.post.tags = ['Antraege'])],
  ['aqb-tag-ereignisse-nur-webhooks', (d) => (liste(d).tags = ['Ereignisse'])],
  ['aqb-pfad', (d) => (d.paths['/zahlungs_laeufe'] = {})],
  ['aqb-pfad', (d) => (d.paths['/antraege/{antragId}'] = {})],
  ['aqb-pfad', (d) => (d.paths['/antraege/'] = {})],
  ['aqb-parameter-name', (d) => (liste(d).parameters[1].name = 'nextCursor')],
  ['aqb-header-name', (d) => (d.components.parameters.IfMatch.name = 'if-match')],
  ['aqb-feldname', (d) => (schema(d, 'Ereignis').properties.antragId = { type: 'string' })],
  ['aqb-feldname', (d) => (schema(d, 'Ereignis').properties.größe = { type: 'string' })],
  ['aqb-schemaname', (d) => (d.components.schemas.Seite_Antrag = schema(d, 'Antrag'))],
  ['aqb-enum-werte', (d) => schema(d, 'AntragStatus').enum.push('eingereicht')],
  ['aqb-enum-werte', (d) => p(d, '/dokumente', 'post').parameters[1].schema.enum.push('Satzung')],
  ['aqb-kein-null', (d) => (schema(d, 'Titel').type = ['string', 'null'])],
  ['aqb-kein-null', (d) => (schema(d, 'Antrag').properties.titel = { oneOf: [{ type: 'null' }] })],
  ['aqb-kein-null', (d) => (d.components.parameters.IfMatch.schema.type = ['string', 'null'])],
  ['aqb-kein-null', (d) => (liste(d).parameters[1].schema.type = ['string', 'null'])],
  ['aqb-kein-anyof', (d) => (schema(d, 'Antrag').properties.titel = { anyOf: [{ type: 'string' }] })],
  ['aqb-oneof', (d) => delete schema(d, 'Traegerart').discriminator],
  ['aqb-oneof', (d) => (schema(d, 'Traegerart').oneOf[0] = { type: 'object' })],
  ['aqb-oneof', (d) => delete schema(d, 'Traegerart').discriminator.mapping.FREI],
  ['aqb-oneof', (d) => schema(d, 'ArtFrei').enum.push('ANDERE')],
  ['aqb-oneof', (d) => (schema(d, 'TraegerFrei').required = ['verband'])],
  ['aqb-oneof', (d) => (schema(d, 'Antrag').properties.titel = { oneOf: [{ $ref: '#/components/schemas/Titel' }] })],
  ['aqb-keine-tupel', (d) => (schema(d, 'Einreichung').properties.bestaetigte_warnungen.prefixItems = [])],
  ['aqb-feld-hat-typ', (d) => (schema(d, 'Antrag').properties.rest = { description: 'anything' })],
  ['aqb-feld-hat-typ', (d) => (schema(d, 'Antrag').properties.rest = { type: 'array', items: {} })],
  ['aqb-kein-number', (d) => (schema(d, 'Betrag').type = 'number')],
  ['aqb-kein-number', (d) => (schema(d, 'Antrag').properties.quote = { type: 'number' })],
  ['aqb-kein-number', (d) => (d.components.parameters.Limit.schema.type = 'number')],
  ['aqb-kein-format-decimal', (d) => (schema(d, 'Betrag').format = 'decimal')],
  ['aqb-ganzzahl-grenzen', (d) => delete schema(d, 'Antrag').properties.version.maximum],
  ['aqb-ganzzahl-grenzen', (d) => (schema(d, 'Antrag').properties.version.maximum = 2 ** 60)],
  ['aqb-ganzzahl-grenzen', (d) => delete d.components.parameters.Limit.schema.maximum],
  ['aqb-ganzzahl-grenzen', (d) => liste(d).parameters.push({ name: 'jahr', in: 'query', schema: { type: 'integer' } })],
  ['aqb-ganzzahl-grenzen', (d) => (d.components.schemas.Jahrgang = { type: 'integer', minimum: 2000 })],
  ['aqb-text-begrenzt', (d) => (schema(d, 'Antrag').properties.notiz = { type: 'string' })],
  ['aqb-anfrage-geschlossen', (d) => delete schema(d, 'AntragAnlegen').additionalProperties],
  ['aqb-anfrage-geschlossen', (d) => delete schema(d, 'TraegerFrei').additionalProperties],
  ['aqb-schema-beschreibung', (d) => delete schema(d, 'Antrag').description],
  ['aqb-schema-beschreibung', (d) => delete schema(d, 'Antrag').properties.version.description],
  ['aqb-security', (d) => delete liste(d).security],
  ['aqb-beispiel', (d) => { delete p(d, '/fristen.ics', 'get').parameters[0].example; }],
  ['aqb-body-beispiel', (d) => delete akt(d).requestBody.content['application/json'].example],
  ['aqb-lesen-ohne-body', (d) => (liste(d).requestBody = akt(d).requestBody)],
  ['aqb-patch-medientypen', (d) => delete aendern(d).requestBody.content['application/merge-patch+json']],
  ['aqb-medientypen-unset', (d) => ohne(aendern(d), 'IdempotencyKey')],
  ['aqb-multipart-nur-datei', (d) => (schema(d, 'DokumentHochladen').properties.geheim = { type: 'boolean' })],
  ['aqb-if-match', (d) => ohne(aendern(d), 'IfMatch')],
  ['aqb-if-match', (d) => delete d.components.parameters.IfMatch.required],
  ['aqb-put-if-match', (d) => ohne(p(d, '/antraege/{antrag_id}', 'put'), 'IfMatch')],
  ['aqb-akt', (d) => ohne(akt(d), 'simulation')],
  ['aqb-akt', (d) => ohne(akt(d), 'IfMatch')],
  ['aqb-akt', (d) => ohne(akt(d), 'IdempotencyKey')],
  ['aqb-akt', (d) => { p(d, '/berechnungen/frist', 'post')['x-akt'] = true; }],
  ['aqb-geld', (d) => { akt(d)['x-geld'] = true; }],
  ['aqb-idempotenz', (d) => ohne(anlegen(d), 'IdempotencyKey')],
  ['aqb-liste-blaettern', (d) => ohne(liste(d), 'cursor')],
  ['aqb-fehler-verweis', (d) => (liste(d).responses['400'] = { description: 'inline' })],
  ['aqb-fehler-verweis', (d) => (liste(d).responses['400'].$ref = '#/components/responses/Problem404')],
  ['aqb-fehler-verweis', (d) => (liste(d).responses.default = { $ref: '#/components/responses/Problem500' })],
  ['aqb-standardfehler', (d) => delete liste(d).responses['503']],
  ['aqb-fehler-vorbedingung', (d) => delete akt(d).responses['428']],
  ['aqb-fehler-vorbedingung', (d) => delete anlegen(d).responses['409']],
  ['aqb-fehler-vorbedingung', (d) => delete anlegen(d).responses['415']],
  ['aqb-problem-json', (d) => (d.components.responses.Problem404.content = { 'application/json': {} })],
  ['aqb-problem-retry-after', (d) => delete d.components.responses.Problem503.headers],
  ['aqb-problem-anmeldung', (d) => delete d.components.responses.Problem401.headers],
  ['aqb-location', (d) => delete anlegen(d).responses['201'].headers.Location],
  ['aqb-links', (d) => delete anlegen(d).responses['201'].links],
  ['aqb-etag', (d) => delete lesen(d).responses['200'].headers],
  ['aqb-binaer', (d) => delete p(d, '/fristen.ics', 'get').responses['200'].content['text/calendar'].schema.format],
];

const regeln = async (dokument) => {
  const text = JSON.stringify(dokument);
  return (await spectral.run(new Document(text, Parsers.Json, 'probe.json'))).map((r) => ({
    code: r.code,
    text: `${r.code} ${r.path.join('.')}: ${r.message}`,
  }));
};

const fehler = [];
for (const r of await regeln(gut)) fehler.push(`the clean sample is refused: ${r.text}`);
for (const [regel, brich] of brueche) {
  // YAML anchors make shared objects; a copy through JSON keeps one break from reaching its twins.
  const kopie = JSON.parse(JSON.stringify(gut));
  brich(kopie);
  const gefunden = await regeln(kopie);
  if (!gefunden.some((r) => r.code === regel)) {
    fehler.push(`${regel} does not fire on ${brich.toString().slice(0, 120)}`);
  }
}
const eigene = Object.keys(spectral.ruleset.rules).filter((n) => n.startsWith('aqb-'));
for (const regel of eigene.filter((n) => !brueche.some(([r]) => r === n))) fehler.push(`${regel} has no probe`);

for (const f of fehler) console.error(f);
console.log(`rule probe: ${eigene.length} rules, ${brueche.length} breaks, ${fehler.length} failed`);
process.exitCode = fehler.length ? 1 : 0;
