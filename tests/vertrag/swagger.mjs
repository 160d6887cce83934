// Uses the documentation page as a tester does: looks at the whole, then goes through it part by part, signs in through
// the dialog, opens every operation, executes the lists and the calculators. Fails on a request to another host, a
// script error, an operation that does not render, and an answer outside 2xx.
//   swagger.mjs SERVER CHROMIUM BILD
import { createRequire } from 'node:module';
import path from 'node:path';

const [server, programm, bild] = process.argv.slice(2);
const require = createRequire(path.join(process.env.WERKZEUG, 'x'));
const { chromium } = require('playwright-core');

// Who may not see a list passes it on to the next; somebody must get an answer.
const KONTEN = ['demo-bewilligung-1', 'demo-ministerium-1', 'demo-pruefung', 'demo-gk-06440-1', 'demo-admin'];
const GRENZE = 20_000;
const NEBENEINANDER = 2;

const fehler = [];
const melde = (text) => {
  fehler.push(text);
  console.error(`FAIL  ${text}`);
};

const browser = await chromium.launch({
  executablePath: programm,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const fremd = new Set();

// One tester with a page and a storage of its own.
async function tester() {
  const kontext = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  const seite = await kontext.newPage();
  seite.setDefaultTimeout(GRENZE);
  seite.on('pageerror', (e) => melde(`script error on the page: ${e.message}`));
  await seite.route('**/*', (weg) => {
    const ziel = new URL(weg.request().url());
    if (!/^https?:$/.test(ziel.protocol) || ziel.origin === server) return weg.continue();
    fremd.add(ziel.host);
    return weg.abort();
  });
  return seite;
}

// Shows a part of the document, or the whole.
async function laden(seite, thema) {
  const wahl = thema ? `?${new URLSearchParams({ 'urls.primaryName': thema })}` : '';
  await seite.goto(`${server}/docs/${wahl}`, { waitUntil: 'load' });
  await seite.locator('.swagger-ui .info .title').waitFor();
}

async function bearerTokenFuer(konto) {
  const antwort = await fetch(`${server}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: konto, client_secret: 'demo' }),
  });
  return (await antwort.json()).access_token;
}

// The dialog offers one form per scheme of the document; the first that fits is enough.
async function anmelden(seite, konto) {
  await seite.locator('.scheme-container button.authorize').first().click();
  const dialog = seite.locator('.dialog-ux .modal-ux');
  await dialog.waitFor();
  for (const abmelden of await dialog.locator('button:text-is("Logout")').all()) await abmelden.click();
  const formulare = dialog.locator('.auth-container');
  const mitKonto = formulare.filter({ has: seite.locator('input[data-name="clientId"]') }).first();
  const formular = (await mitKonto.count()) ? mitKonto : formulare.first();
  if (await mitKonto.count()) {
    await formular.locator('input[data-name="clientId"]').fill(konto);
    await formular.locator('input[data-name="clientSecret"]').fill('demo');
    const alle = formular.locator('.scopes a:text-is("select all")');
    if (await alle.count()) await alle.click();
  } else {
    await formular.locator('input').first().fill(await bearerTokenFuer(konto));
  }
  await formular.locator('button.authorize').click();
  const ergebnis = await Promise.race([
    // Once signed in, the form has no inputs any more: look in the whole dialog.
    dialog.locator('button:text-is("Logout")').first().waitFor().then(() => 'ok'),
    dialog.locator('.errors').first().waitFor().then(() => dialog.locator('.errors').first().innerText()),
  ]).catch((e) => e.message);
  if (ergebnis !== 'ok') throw new Error(`sign-in of ${konto} failed: ${ergebnis}`);
  await dialog.locator('button.close-modal').click();
}

const block = (seite, op) => seite.locator(`[id="operations-${op.tag}-${op.id}"]`);

async function oeffnen(seite, op) {
  const kasten = block(seite, op);
  await kasten.locator('.opblock-summary-control').click();
  await kasten.locator('.opblock-body .responses-wrapper').waitFor();
  const text = await kasten.innerText();
  const bruch = text.match(/could not render|could not resolve|resolver error|unknown type/i);
  if (bruch) melde(`${op.name}: the page says "${bruch[0]}"`);
  return kasten;
}

async function ausfuehren(op, kasten) {
  const probieren = kasten.locator('button.try-out__btn:not(.cancel)');
  if (await probieren.count()) await probieren.click();
  await kasten.locator('button.execute').click();
  const antwort = kasten.locator('.live-responses-table .response-col_status').last();
  const ungueltig = kasten.locator('.parameters .invalid, .validation-errors');
  const was = await Promise.race([
    antwort.waitFor().then(() => 'antwort'),
    ungueltig.first().waitFor().then(() => 'ungueltig'),
  ]).catch(() => 'nichts');
  if (was === 'ungueltig') return 'not sent: a required value has no example';
  if (was === 'nichts') return `no answer within ${GRENZE / 1000} s`;
  return Number((await antwort.innerText()).match(/\d{3}/)?.[0] ?? 0);
}

const schliessen = (kasten) => kasten.locator('.opblock-summary-control').click();

let ausgefuehrt = 0;

// Tells whether the account may see the list; everything but a success and 403 is a fault.
async function erlaubt(op, kasten, konto) {
  const status = await ausfuehren(op, kasten);
  if (status === 403) return false;
  if (status >= 200 && status < 300) ausgefuehrt += 1;
  else melde(`${op.name} as ${konto}: ${status}`);
  return true;
}

// Opens every operation of the parts; returns the lists the first account may not see.
async function rundgang(teile, fortschritt) {
  const seite = await tester();
  const verwehrt = [];
  for (const [thema, operationen] of teile) {
    await laden(seite, thema);
    const angezeigt = await seite.locator('.opblock').count();
    if (angezeigt !== operationen.length) {
      melde(`the part ${thema} shows ${angezeigt} operations, the document has ${operationen.length}`);
    }
    // anew for each part: an access token lives for minutes
    await anmelden(seite, KONTEN[0]);
    for (const op of operationen) {
      fortschritt(op);
      const kasten = await oeffnen(seite, op);
      if (op.probieren && !(await erlaubt(op, kasten, KONTEN[0]))) verwehrt.push(op);
      await schliessen(kasten);
    }
  }
  return verwehrt;
}

function nachThema(operationen) {
  const teile = new Map();
  for (const op of operationen) teile.set(op.tag, [...(teile.get(op.tag) ?? []), op]);
  return [...teile];
}

let operationen = [];
try {
  const dokument = await (await fetch(`${server}/openapi.json`)).json();
  operationen = Object.entries(dokument.paths).flatMap(([pfad, verben]) =>
    ['get', 'post', 'put', 'patch', 'delete']
      .filter((verb) => verben[verb])
      .map((verb) => ({
        name: `${verb.toUpperCase()} ${pfad}`,
        id: verben[verb].operationId,
        tag: verben[verb].tags[0],
        probieren:
          (verb === 'get' && !pfad.includes('{') && Boolean(verben[verb].responses['200']?.content?.['application/json'])) ||
          (verb === 'post' && pfad.startsWith('/berechnungen/')),
      })),
  );
  const seite = await tester();
  await laden(seite);
  const angezeigt = await seite.locator('.opblock').count();
  const webhooks = Object.values(dokument.webhooks ?? {}).flatMap((w) => Object.keys(w)).length;
  if (angezeigt !== operationen.length && angezeigt !== operationen.length + webhooks) {
    melde(`the page shows ${angezeigt} operations, the document has ${operationen.length}`);
  }

  let geoeffnet = 0;
  const fortschritt = (op) => {
    geoeffnet += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${geoeffnet}/${operationen.length} ${op.name}`);
  };
  const anteile = Array.from({ length: NEBENEINANDER }, () => []);
  nachThema(operationen).forEach((teil, i) => anteile[i % NEBENEINANDER].push(teil));
  let offen = (await Promise.all(anteile.map((a) => rundgang(a, fortschritt)))).flat();
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  for (const konto of KONTEN.slice(1)) {
    const weiter = [];
    for (const [thema, verwehrt] of nachThema(offen)) {
      await laden(seite, thema);
      await anmelden(seite, konto);
      for (const op of verwehrt) {
        const kasten = await oeffnen(seite, op);
        if (!(await erlaubt(op, kasten, konto))) weiter.push(op);
        await schliessen(kasten);
      }
    }
    offen = weiter;
  }
  for (const op of offen) melde(`${op.name}: 403 for every demo account`);
  if (ausgefuehrt === 0) melde('nothing was executed');
  await seite.screenshot({ path: bild });
} catch (e) {
  melde(e.message.split('\n').slice(0, 6).join('\n      '));
}
if (fremd.size) melde(`requests to other hosts: ${[...fremd].join(', ')}`);
await browser.close();

console.log(`swagger: ${operationen.length} operations opened, ${ausgefuehrt} executed, ${fehler.length} failed`);
process.exitCode = fehler.length ? 1 : 0;
